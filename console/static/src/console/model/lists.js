// Loads the conversation tabs and the search, and remembers how far each got.
import { belongsTo, VIEWS } from "./views.js";

const ACTIVE = ["mine", "waiting", "all"];
const PAGE = 100; // rows the desk sends at most; a full page may have a successor

/** Where the next page begins: the time of the oldest row, or null when this was the last page. */
function nextPage(conversations) {
  if (conversations.length < PAGE) return null;
  return conversations.map((summary) => summary.last_at).reduce((oldest, at) => (at < oldest ? at : oldest));
}

export class Lists {
  /** Per tab: {state: "idle" | "loading" | "ready" | "error", before: cursor of the next page or null}. */
  status = Object.fromEntries(VIEWS.map((view) => [view, { state: "idle", before: null }]));
  /** Ids the desk found for the present search, or null when nobody searches. */
  found = null;

  #searches = 0;

  constructor({ api, book, agentId, onChange }) {
    Object.assign(this, { api, book, agentId, onChange });
  }

  /** Everything that is not over, and the ended ones if somebody has looked at them. */
  refetch() {
    const wanted = this.status.resolved.state === "idle" ? ACTIVE : VIEWS;
    return Promise.all(wanted.map((view) => this.load(view)));
  }

  async load(view) {
    const begun = this.book.beginSnapshot();
    this.#mark(view, { state: "loading", before: null });
    try {
      const answer = await this.api.get("/api/conversations", { view });
      const before = nextPage(answer.conversations);
      // A first page of several says nothing about what is not on it.
      const covers = (summary) => before === null && belongsTo(view, summary, this.agentId());
      this.book.replace(begun, answer.conversations, covers);
      this.#mark(view, { state: "ready", before });
    } catch (error) {
      const state = error.code === "not_allowed" ? "barred" : "error";
      this.#mark(view, { state, before: null, error });
    }
  }

  async loadMore(view) {
    const { before } = this.status[view];
    if (before === null) return;
    const answer = await this.api.get("/api/conversations", { view, before });
    answer.conversations.forEach((summary) => this.book.put(summary));
    this.#mark(view, { state: "ready", before: nextPage(answer.conversations) });
  }

  /** Asks the desk; what is on screen already is found by the list itself meanwhile. */
  async search(view, query) {
    const mine = ++this.#searches;
    this.found = null;
    if (query.trim() === "") return this.onChange();
    const answer = await this.api.get("/api/conversations", { view, q: query.trim() });
    if (mine !== this.#searches) return undefined;
    answer.conversations.forEach((summary) => this.book.put(summary));
    this.found = new Set(answer.conversations.map((summary) => summary.conversation_id));
    return this.onChange();
  }

  #mark(view, status) {
    this.status[view] = status;
    this.onChange();
  }
}
