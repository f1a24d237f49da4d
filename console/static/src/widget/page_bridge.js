/*
 * The frame's side of the talk with the shop's page. Only the parent window is heard, only from an
 * origin on the desk's list, and answers go to exactly that origin.
 */

export class PageBridge extends EventTarget {
  #origin = null;

  /** `allowed`: origins from the desk's settings; the desk's own origin is always one of them. */
  constructor({ allowed, own = location.origin, parent = window.parent }) {
    super();
    this.allowed = new Set([...allowed, own]);
    this.parent = parent;
    this.hasPage = parent !== window;
  }

  /** Asks the page for its greeting; resolves to it, or to `{}` when nobody answers in time. */
  async greet(withinMs = 3_000) {
    window.addEventListener("message", (event) => this.#hear(event));
    if (!this.hasPage) return { open: true };
    // The page's origin is not known before it speaks; this message carries nothing.
    this.parent.postMessage({ baton: 1, type: "ready" }, "*");
    return Promise.race([
      new Promise((resolve) => this.addEventListener("hello", (event) => resolve(event.detail), { once: true })),
      new Promise((resolve) => setTimeout(() => resolve({}), withinMs)),
    ]);
  }

  get origin() {
    return this.#origin;
  }

  tell(type, values = {}) {
    if (this.#origin) this.parent.postMessage({ baton: 1, type, ...values }, this.#origin);
  }

  /** Asks the page for a fresh sign-in; null when it has none. */
  renewToken(withinMs = 15_000) {
    if (!this.#origin) return Promise.resolve(null);
    this.tell("token-expired");
    return Promise.race([
      new Promise((resolve) => this.addEventListener("renewed", (event) => resolve(event.detail.jwt ?? null), { once: true })),
      new Promise((resolve) => setTimeout(() => resolve(null), withinMs)),
    ]);
  }

  #hear({ origin, source, data }) {
    if (source !== this.parent || data?.baton !== 1 || typeof data.type !== "string") return;
    if (!this.allowed.has(origin) || (this.#origin && this.#origin !== origin)) return;
    this.#origin = origin;
    this.dispatchEvent(new CustomEvent(data.type, { detail: data }));
  }
}
