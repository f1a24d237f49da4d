// The conversation on the screen: its log (watched), what is on its way, who types, and the details
// beside it. Details are fetched again whenever something other than a message happened.
import { Conversation, hint, request } from "../../shared/socket_client.js";
import { conversationPath } from "./api.js";
import { outboxScope } from "./left_behind.js";

const PAGE = 80; // events a thread opens with, and gets more by "load earlier"
const SETTLE_MS = 250; // a transfer brings three events at once; one fetch is enough
const TYPING_FADES_MS = 6_000;
const PLAIN_TYPES = new Set(["message_posted", "note_added", "handoff_offered"]);

/** One try of one unsent message. */
export function sendItem(socket, id, { name, client_msg_id, payload }) {
  return request(socket, name, { conversation_id: id, client_msg_id, ...payload });
}

export class OpenConversation {
  details = null; // answer of GET /api/conversations/{id}
  detailsState = "loading"; // "loading" | "ready" | "error"
  logState = "loading";
  typing = null; // {actor, name, text} while somebody else types
  loadingEarlier = false;
  readUpTo = 0; // the last event that was on the screen's end
  unreadOnOpen = null; // how many customer messages were unread then; null until it is known

  #typingTimer;
  #detailsTimer;
  #closed = false;

  /** `summary`: what the lists know of it; null when it was opened by its address alone. */
  constructor({ id, summary, agentId, socket, api, storage, onSummary, onChange }) {
    Object.assign(this, { id, agentId, socket, api, onSummary, onChange });
    this.conversation = new Conversation({
      scope: outboxScope(agentId, id),
      storage,
      fetchAfter: (after) => request(socket, "watch", { conversation_id: id, after }),
      send: (item) => sendItem(socket, id, item),
      isOwn: (event) => event.actor.kind === "agent" && event.actor.id === agentId,
      onSnapshot: (reply) => this.#snapshot(reply),
    });
    this.conversation.addEventListener("change", onChange);
    this.conversation.addEventListener("events", ({ detail }) => this.#arrived(detail));
    if (summary) this.#startNear(summary);
  }

  get events() {
    return this.conversation.log.events;
  }

  get lastSeq() {
    return this.conversation.log.lastSeq;
  }

  /** True while older events exist that are not loaded. */
  get hasEarlier() {
    return (this.events[0]?.seq ?? 1) > 1;
  }

  /** Called on opening and after every reconnect. */
  async refresh() {
    const details = this.loadDetails();
    if (this.unreadOnOpen === null) await details; // they say where the end is
    await Promise.all([details, this.#loadLog()]);
  }

  async loadDetails() {
    try {
      this.details = await this.api.get(conversationPath(this.id));
      this.detailsState = "ready";
    } catch {
      this.detailsState = this.details ? "ready" : "error";
    }
    if (this.#closed) return;
    if (this.details) this.onSummary(this.details.summary);
    if (this.details && this.unreadOnOpen === null) this.#startNear(this.details.summary);
    this.onChange();
  }

  async loadEarlier() {
    const first = this.events[0]?.seq ?? 1;
    if (this.loadingEarlier || first <= 1) return;
    this.loadingEarlier = true;
    this.onChange();
    try {
      const reply = await this.api.get(conversationPath(this.id, "events"), { before: first });
      this.events.unshift(...reply.events.filter((event) => event.seq < first));
    } finally {
      this.loadingEarlier = false;
      this.onChange();
    }
  }

  receive(event) {
    if (event.type === "message_posted") this.#setTyping(null);
    this.conversation.receive(event);
  }

  reply(body) {
    return this.conversation.outbox.add("post_message", { body });
  }

  note(text) {
    return this.conversation.outbox.add("add_note", { text });
  }

  sayTyping(on) {
    hint(this.socket, "typing", { conversation_id: this.id, on });
  }

  sayRead() {
    this.readUpTo = this.lastSeq;
    hint(this.socket, "read", { conversation_id: this.id, seq: this.lastSeq });
  }

  /** `actor`: "customer" or "bot"; `text`: what is being typed, where the desk tells it. */
  peerTypes({ actor, name, text, on }) {
    this.#setTyping(on ? { actor, name, text } : null);
  }

  peerRead({ by, seq }) {
    if (by === "customer") this.conversation.markReadByPeer(seq);
  }

  /** Something beside the messages changed: facts, promises, owner. */
  staleDetails() {
    clearTimeout(this.#detailsTimer);
    this.#detailsTimer = setTimeout(() => this.loadDetails(), SETTLE_MS);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#detailsTimer);
    clearTimeout(this.#typingTimer);
    this.conversation.close();
    hint(this.socket, "unwatch", { conversation_id: this.id });
  }

  /** The thread opens with its last page; what lies before is loaded on demand. */
  #startNear({ version, unread }) {
    this.unreadOnOpen = unread ?? 0;
    this.conversation.log.lastSeq = Math.max(0, version - PAGE);
  }

  async #loadLog() {
    try {
      await this.conversation.connected();
      this.logState = "ready";
    } catch {
      this.logState = this.events.length > 0 ? "ready" : "error";
    }
    if (!this.#closed) this.onChange();
  }

  #snapshot(reply) {
    if (reply.summary) this.onSummary(reply.summary);
    if (reply.read_by_customer) this.conversation.markReadByPeer(reply.read_by_customer);
  }

  #arrived(events) {
    if (this.logState === "ready" && events.some((event) => !PLAIN_TYPES.has(event.type))) this.staleDetails();
  }

  #setTyping(typing) {
    clearTimeout(this.#typingTimer);
    if (typing) this.#typingTimer = setTimeout(() => this.#setTyping(null), TYPING_FADES_MS);
    if (this.typing === typing) return;
    this.typing = typing;
    this.onChange();
  }
}
