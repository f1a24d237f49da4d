// Handoffs that ring on this agent's screen. The desk decides when an offer ends; this list only
// makes sure that none stays on the screen after its time.

const GRACE_MS = 2_000; // the desk's word usually arrives first

export class Offers {
  #items = new Map(); // conversation id → offer

  add(offer) {
    this.#items.set(offer.conversation_id, offer);
  }

  /** The offer that was there, if any. */
  remove(conversationId) {
    const offer = this.#items.get(conversationId);
    this.#items.delete(conversationId);
    return offer ?? null;
  }

  get(conversationId) {
    return this.#items.get(conversationId) ?? null;
  }

  clear() {
    this.#items.clear();
  }

  /** Open offers, the one that ends first on top. */
  open(now) {
    const open = [...this.#items.values()].filter((offer) => Date.parse(offer.offer_expires_at) + GRACE_MS > now);
    return open.sort((a, b) => Date.parse(a.offer_expires_at) - Date.parse(b.offer_expires_at));
  }
}
