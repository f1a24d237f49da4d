// Lit controller of the composer: what the draft asks for although the desk knows it. The desk reads the
// draft, a moment after the last key; no answer is no hint, and nothing waits for it.
import { conversationPath } from "../model/api.js";
import { namedFacts } from "../model/facts.js";

const AFTER_MS = 350;
const SHORTEST = 2; // characters

export class KnownHint {
  /** [{slot, label, shown}] */
  known = [];

  #timer = null;

  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.#timer);
  }

  /** Another conversation: nothing of the one before stays on the screen. */
  opened(draft) {
    this.known = [];
    this.draftChanged(draft);
  }

  /** The draft was changed or sent. */
  draftChanged(text) {
    clearTimeout(this.#timer);
    if (text.trim().length < SHORTEST) this.#show([]);
    else this.#timer = setTimeout(() => this.#ask(text), AFTER_MS);
  }

  async #ask(text) {
    const { desk, conversationId } = this.host;
    const answer = await desk.api.post(conversationPath(conversationId, "known_answers"), { text }).catch(() => null);
    const isLate = this.host.conversationId !== conversationId || this.host.draft !== text;
    if (!isLate) this.#show(this.#named(answer?.known ?? []));
  }

  /** Goods by their title, where the card knows it. */
  #named(known) {
    const { context_card: card, orders } = this.host.desk.open?.details ?? {};
    const facts = namedFacts(card?.facts ?? [], orders ?? []);
    return known.map((each) => ({ ...each, shown: facts.find(({ name }) => name === each.slot)?.shown ?? each.shown }));
  }

  #show(known) {
    if (known.length === 0 && this.known.length === 0) return;
    this.known = known;
    this.host.requestUpdate();
  }
}
