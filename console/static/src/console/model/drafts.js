// What an agent has typed and not sent, per conversation and kind (reply or note). Kept in the browser
// only, so a reload or a switch of conversation loses nothing. Storage may be full or forbidden: then the
// draft lives as long as the page.

const PREFIX = "baton.draft.";

export class Drafts {
  #memory = new Map();
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  read(conversationId, kind) {
    const key = draftKey(conversationId, kind);
    return this.#memory.get(key) ?? this.#stored(key) ?? "";
  }

  write(conversationId, kind, text) {
    const key = draftKey(conversationId, kind);
    this.#memory.set(key, text);
    try {
      if (text) this.#storage.setItem(key, text);
      else this.#storage.removeItem(key);
    } catch {
      // Memory still holds it.
    }
  }

  clear(conversationId, kind) {
    this.write(conversationId, kind, "");
  }

  /** On sign-out: the next person at this desk must not see half a letter to a customer. */
  forgetAll() {
    this.#memory.clear();
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index));
    keys.filter((key) => key.startsWith(PREFIX)).forEach((key) => this.#storage.removeItem(key));
  }

  #stored(key) {
    try {
      return this.#storage.getItem(key);
    } catch {
      return null;
    }
  }
}

function draftKey(conversationId, kind) {
  return `${PREFIX}${kind}.${conversationId}`;
}
