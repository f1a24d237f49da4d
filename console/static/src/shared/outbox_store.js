/*
 * Unsent messages in the browser's storage, one key each: two tabs of the same customer never
 * overwrite each other's. Storage that is full or forbidden costs the safety net, never the message.
 */

const PREFIX = "baton.outbox.";

export class OutboxStore {
  constructor(storage, scope) {
    this.storage = storage;
    this.prefix = `${PREFIX}${scope}.`;
  }

  /** Items oldest first, all back in state "sending" except those the desk refused. */
  load() {
    return this.#keys()
      .map((key) => this.#read(key))
      .filter((item) => item !== null)
      .sort((a, b) => a.order - b.order)
      .map(({ order, ...item }) => ({ ...item, state: item.error ? "failed" : "sending", tries: 0 }));
  }

  save(item) {
    const key = this.#key(item);
    const order = this.#read(key)?.order ?? this.#nextOrder();
    this.#attempt(() => this.storage.setItem(key, JSON.stringify({ ...item, order })));
  }

  remove(item) {
    this.#attempt(() => this.storage.removeItem(this.#key(item)));
  }

  #key(item) {
    return this.prefix + item.client_msg_id;
  }

  #keys() {
    const all = this.#attempt(() => Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i)));
    return (all ?? []).filter((key) => key.startsWith(this.prefix));
  }

  #read(key) {
    return this.#attempt(() => JSON.parse(this.storage.getItem(key))) ?? null;
  }

  #nextOrder() {
    return Math.max(0, ...this.#keys().map((key) => this.#read(key)?.order ?? 0)) + 1;
  }

  #attempt(work) {
    try {
      return work();
    } catch {
      return undefined;
    }
  }
}
