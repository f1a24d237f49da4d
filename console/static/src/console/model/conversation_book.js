// Every conversation summary this browser knows, newest version of each. Fed by snapshots and by
// `conversation_changed`; neither may take back what the other already brought.

export class ConversationBook {
  #entries = new Map(); // id → {summary, tick}
  #tick = 0;

  /** False when `summary` is older than what is known; then nothing changes. */
  put(summary) {
    const known = this.#entries.get(summary.conversation_id)?.summary;
    if (known && summary.version < known.version) return false;
    this.#entries.set(summary.conversation_id, { summary, tick: ++this.#tick });
    return true;
  }

  get(id) {
    return this.#entries.get(id)?.summary ?? null;
  }

  ids() {
    return [...this.#entries.keys()];
  }

  /** Call before asking for a snapshot; hand the result to `replace`. */
  beginSnapshot() {
    return this.#tick;
  }

  /**
   * Takes a snapshot in. What `covers` says the snapshot would have held, and it does not hold, is gone –
   * unless it changed while the snapshot was under way.
   */
  replace(begun, summaries, covers) {
    const held = new Set(summaries.map((summary) => summary.conversation_id));
    for (const [id, { summary, tick }] of this.#entries) {
      if (!held.has(id) && tick <= begun && covers(summary)) this.#entries.delete(id);
    }
    summaries.forEach((summary) => this.put(summary));
  }
}
