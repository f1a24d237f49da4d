/*
 * Storage for the frame. Its own `localStorage` (partitioned per shop) where the browser allows it;
 * else a map that the shop's page keeps for us, so that a reload still finds the conversation.
 */

export function ownStorage() {
  try {
    const probe = "baton.probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}

/** The `Storage` methods we use, over values that are handed to `keep` after every change. */
export class KeptStorage {
  #values;

  constructor(values, keep) {
    this.#values = new Map(Object.entries(values ?? {}).filter(([, value]) => typeof value === "string"));
    this.keep = () => keep(Object.fromEntries(this.#values));
  }

  get length() {
    return this.#values.size;
  }

  key(index) {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key) {
    return this.#values.get(key) ?? null;
  }

  setItem(key, value) {
    this.#values.set(key, String(value));
    this.keep();
  }

  removeItem(key) {
    if (this.#values.delete(key)) this.keep();
  }
}
