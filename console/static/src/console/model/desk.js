// The console's one store: who I am, which conversations there are, which one is open, what rings.
//
// Fed by snapshots over HTTP and by what the socket pushes; components read fields and call methods,
// and draw themselves again on `change`. On every (re)connect: register again, then fetch again.
import { NotConnected, request } from "../../shared/socket_client.js";
import { ConversationBook } from "./conversation_book.js";
import { Drafts } from "./drafts.js";
import { listen } from "./feed.js";
import { withMessages } from "./fold.js";
import { LeftBehind } from "./left_behind.js";
import { Lists } from "./lists.js";
import { Offers } from "./offers.js";
import { OpenConversation, sendItem } from "./open_conversation.js";
import { belongsTo, inOrder, matches } from "./views.js";

const STATUS_KEY = "baton.status";

export class Desk extends EventTarget {
  me = null;
  meState = "loading"; // "loading" | "ready" | "error" | "signed_out"
  line = "connecting"; // "connecting" | "up" | "down"
  presence = "offline";
  view = "mine";
  query = "";
  open = null; // OpenConversation
  agents = [];
  queues = [];
  canned = [];

  constructor({ api, openSocket, storage, session = storage, now = () => Date.now() }) {
    super();
    Object.assign(this, { api, openSocket, storage, session, now });
    this.book = new ConversationBook();
    this.offers = new Offers();
    this.drafts = new Drafts(storage);
    this.lists = new Lists({ api, book: this.book, agentId: () => this.me?.id, onChange: () => this.changed() });
  }

  async start() {
    try {
      this.me = await this.api.me();
      this.meState = "ready";
    } catch (error) {
      this.meState = error.code === "not_signed_in" ? "signed_out" : "error";
      return this.changed();
    }
    this.presence = this.session.getItem(STATUS_KEY) ?? "online";
    this.socket = this.openSocket();
    this.left = new LeftBehind({
      storage: this.storage,
      agentId: this.me.id,
      send: (id, item) => sendItem(this.socket, id, item),
      onChange: () => this.changed(),
    });
    this.left.adoptAll();
    listen(this, this.socket);
    this.#loadCanned();
    return this.changed();
  }

  /** Everything that belongs on the screen after the line came (back) up. */
  async arrived() {
    this.line = "up";
    this.changed();
    this.left.resume();
    this.offers.clear(); // the desk offers again what still rings
    await this.request("set_presence", { status: this.presence }).catch(() => {});
    await Promise.all([this.lists.refetch(), this.open?.refresh(), this.loadAgents()]);
  }

  lostLine() {
    this.line = "down";
    this.left.pause();
    this.open?.conversation.disconnected();
    this.changed();
  }

  /** Resolves to the acknowledgement; rejects with `Refused`, `NoAnswer`, `NotConnected`. */
  request(name, payload = {}) {
    return this.socket ? request(this.socket, name, payload) : Promise.reject(new NotConnected());
  }

  /** The row of a conversation, counting what this page has already seen of it. */
  summaryOf(id) {
    const summary = this.book.get(id);
    return summary && this.open?.id === id ? withMessages(summary, this.open.events, this.open.readUpTo) : summary;
  }

  summariesIn(view) {
    const known = this.book.ids().map((id) => this.summaryOf(id));
    return inOrder(
      view,
      known.filter((summary) => belongsTo(view, summary, this.me?.id)),
    );
  }

  /** What the list shows: the tab, narrowed by the search. */
  get shown() {
    const { found } = this.lists;
    const wanted = (summary) => matches(summary, this.query) || found?.has(summary.conversation_id);
    return this.summariesIn(this.view).filter(wanted);
  }

  get openSummary() {
    return this.open && this.summaryOf(this.open.id);
  }

  get isMine() {
    return this.openSummary?.assignee?.id === this.me?.id;
  }

  setView(view) {
    this.view = view;
    this.lists.found = null;
    if (this.lists.status[view].state === "idle") this.lists.load(view);
    if (this.query) this.lists.search(view, this.query).catch(() => {});
    this.changed();
  }

  search(query) {
    this.query = query;
    this.changed();
    return this.lists.search(this.view, query).catch(() => {});
  }

  openConversation(id) {
    if (this.open?.id === id) return;
    this.#leave();
    this.left.release(id);
    this.open = new OpenConversation({
      id,
      summary: this.book.get(id),
      agentId: this.me.id,
      socket: this.socket,
      api: this.api,
      storage: this.storage,
      onSummary: (summary) => this.applySummary(summary),
      onChange: () => this.changed(),
    });
    if (this.line === "up") this.open.refresh();
    this.changed();
  }

  closeConversation() {
    this.#leave();
    this.open = null;
    this.changed();
  }

  /** What is on the screen has been read: the desk is told, and the count goes at once. */
  markRead() {
    this.open.sayRead();
    this.changed();
  }

  applySummary(summary) {
    if (!this.book.put(summary)) return;
    if (summary.state !== "offered") this.offers.remove(summary.conversation_id);
    this.changed();
  }

  /** The page was switched: what the desk words for the reader comes again in `lang`. */
  async speak(lang) {
    await this.request("set_language", { lang }).catch(() => {}); // a new line says it by itself
    await Promise.all([this.open?.loadDetails(), this.loadAgents(), this.#loadCanned()]);
  }

  async setPresence(status) {
    const before = this.presence;
    this.presence = status;
    this.changed();
    try {
      await this.request("set_presence", { status });
      this.session.setItem(STATUS_KEY, status);
    } catch (error) {
      this.presence = before;
      this.changed();
      throw error;
    }
  }

  async loadAgents() {
    const answer = await this.request("list_agents").catch(() => null);
    if (answer) Object.assign(this, { agents: answer.agents, queues: answer.queues });
    this.changed();
  }

  async signOut() {
    await this.api.post("/api/logout");
    this.drafts.forgetAll();
    this.session.removeItem(STATUS_KEY);
    this.socket?.disconnect();
  }

  /** A short word to the agent; the shell shows it. `tone`: "info" | "good" | "bad". */
  say(key, values = {}, tone = "info") {
    this.dispatchEvent(new CustomEvent("say", { detail: { key, values, tone } }));
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  #leave() {
    if (!this.open) return;
    const summary = this.summaryOf(this.open.id);
    this.open.close();
    this.left.adopt(this.open.id);
    if (summary) this.book.put(summary); // from here on the desk sends rows again
  }

  async #loadCanned() {
    const answer = await this.api.get("/api/canned_responses").catch(() => null);
    this.canned = answer?.canned_responses ?? this.canned;
  }
}
