/*
 * What a page knows of one conversation: every stored event once, in order, without a hole.
 *
 * A pushed event is only a hint. The log drops what it has, keeps what came too early, and asks
 * for the gap. It knows nothing of sockets: `fetchAfter` does the asking.
 */
import { NotConnected, Refused } from "./errors.js";
import { backoffMs, waitMs } from "./timing.js";

export class ConversationLog {
  /** Stored events, oldest first, each exactly once. */
  events = [];
  /** The highest seq up to which nothing is missing. */
  lastSeq = 0;

  #ahead = new Map(); // events by seq that arrived before the ones they follow
  #catchingUp = null;
  #stopped = false;

  /**
   * `fetchAfter(seq)` resolves to `{events, head?, state?}`, events oldest first; rejects with
   * `NotConnected` when there is no line (the owner calls `catchUp` again on reconnect).
   * `onEvents(fresh)` gets what was added, `onSnapshot(reply)` every reply of `fetchAfter`.
   */
  constructor({ fetchAfter, onEvents = () => {}, onSnapshot = () => {}, wait = waitMs }) {
    this.fetchAfter = fetchAfter;
    this.onEvents = onEvents;
    this.onSnapshot = onSnapshot;
    this.wait = wait;
  }

  /** True when something has arrived whose predecessor has not. */
  get hasGap() {
    return this.#ahead.size > 0;
  }

  /** Takes one pushed event; asks for the gap when it does not follow the last one. */
  receive(event) {
    if (event.seq <= this.lastSeq) return;
    this.#ahead.set(event.seq, event);
    this.#append();
    if (this.hasGap) this.catchUp().catch(() => {});
  }

  /** Makes sure the log reaches `seq` (an acknowledgement named it) and asks if it does not. */
  async reach(seq) {
    if (this.lastSeq < seq) await this.catchUp();
  }

  /** Resolves to true when everything stored is here, false when the line is down. */
  catchUp() {
    if (this.#stopped) return Promise.resolve(false);
    this.#catchingUp ??= this.#catchUp();
    return this.#catchingUp;
  }

  stop() {
    this.#stopped = true;
  }

  async #catchUp() {
    try {
      return await this.#askUntilWhole();
    } finally {
      this.#catchingUp = null;
    }
  }

  async #askUntilWhole() {
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        await this.#fetchToHead();
        if (!this.hasGap) return true;
      } catch (error) {
        if (error instanceof NotConnected) return false;
        if (error instanceof Refused && !error.isPassing) throw error;
      }
      await this.wait(backoffMs(attempt));
    }
    return false;
  }

  async #fetchToHead() {
    for (;;) {
      const before = this.lastSeq;
      const reply = await this.fetchAfter(before);
      for (const event of reply.events) {
        if (event.seq > this.lastSeq) this.#ahead.set(event.seq, event);
      }
      this.#append();
      this.onSnapshot(reply);
      // A reply may be one page of several; hidden events make `head` unreachable, so stop at no progress.
      if (this.lastSeq === before || this.lastSeq >= (reply.head ?? 0)) return;
    }
  }

  #append() {
    const fresh = [];
    for (const seq of [...this.#ahead.keys()].sort((a, b) => a - b)) {
      const event = this.#ahead.get(seq);
      // Nothing lies between `prev` and `seq`, so `prev <= lastSeq` means no hole.
      if (seq > this.lastSeq && (event.prev ?? 0) > this.lastSeq) break;
      this.#ahead.delete(seq);
      if (seq <= this.lastSeq) continue;
      this.lastSeq = seq;
      fresh.push(event);
    }
    if (fresh.length === 0) return;
    this.events.push(...fresh);
    this.onEvents(fresh);
  }
}
