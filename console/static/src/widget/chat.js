/*
 * One conversation of this customer over one socket: sends through the outbox, shows through the
 * log, and keeps the passing things (line, engine, queue, typing) beside them.
 */
import { Conversation, Refused, hint, openSocket, request } from "../shared/socket_client.js";
import { backoffMs, waitMs } from "../shared/timing.js";
import { after, fromSnapshot, initialState } from "./conversation_state.js";

/** A line that comes back within this time is not worth a banner. */
const BANNER_AFTER_MS = 1_200;
const TYPING_LASTS_MS = 6_000;

export class Chat extends EventTarget {
  line = "connecting"; // connecting | online | lost
  state = initialState;
  typing = null;
  isLoaded = false;
  previews = new Map(); // local picture addresses by client_msg_id

  #renewals = 0;
  #bannerTimer = null;
  #typingTimer = null;

  /** `session`: open already. `open`: opens the socket (tests hand in their own). */
  constructor({ session, storage, open = openSocket }) {
    super();
    this.session = session;
    this.storage = storage;
    this.id = session.info.conversation_id;
    this.engine = session.info.engine ?? "ready";
    this.conversation = new Conversation({
      scope: this.id,
      storage,
      isOwn,
      fetchAfter: (seq) => request(this.socket, "catch_up", { after: seq }),
      send: (item) => this.#send(item),
      onSnapshot: (reply) => this.#snapshot(reply),
    });
    this.conversation.addEventListener("events", ({ detail }) => this.#fold(detail));
    this.conversation.addEventListener("change", () => this.#changed());
    this.socket = open({ namespace: "/customer", auth: () => ({ token: session.token }) });
    this.#listen();
    this.#expectLine();
  }

  get events() {
    return this.conversation.log.events;
  }

  get lastSeq() {
    return this.conversation.log.lastSeq;
  }

  get readSeq() {
    return Number(attempt(() => this.storage.getItem(`baton.read.${this.id}`)) ?? 0);
  }

  post(text) {
    this.conversation.outbox.add("post_message", { body: { kind: "text", text } });
  }

  postPicture({ upload_id: uploadId, width, height }, preview) {
    const shown = { kind: "picture", text: "", width, height };
    const item = this.conversation.outbox.add("post_message", { body: { kind: "picture", upload_id: uploadId } }, shown);
    this.previews.set(item.client_msg_id, preview);
  }

  press({ button_id: buttonId, label }) {
    this.conversation.outbox.add("press_button", { button_id: buttonId }, { kind: "text", text: label, button_id: buttonId });
  }

  askPerson(label) {
    const isAsked = this.conversation.pending.some((item) => item.name === "ask_person" && item.state === "sending");
    if (!isAsked) this.conversation.outbox.add("ask_person", {}, { kind: "text", text: label });
  }

  /** Until `release` nothing is sent; resolves when nothing is under way. */
  hold() {
    return this.conversation.outbox.hold();
  }

  release() {
    this.conversation.outbox.release();
  }

  retry(clientMsgId) {
    this.conversation.outbox.retry(clientMsgId);
  }

  discard(clientMsgId) {
    this.conversation.outbox.discard(clientMsgId);
  }

  /** Everything up to `seq` was on the screen. */
  read(seq) {
    if (seq <= this.readSeq) return;
    attempt(() => this.storage.setItem(`baton.read.${this.id}`, String(seq)));
    hint(this.socket, "read", { seq });
    this.#changed();
  }

  sayTyping(on) {
    hint(this.socket, "typing", { on });
  }

  /** Takes over what another conversation could not store; clicks become words, their buttons stay behind. */
  takeOver(items) {
    for (const { name, payload, shown } of items) {
      if (name === "press_button") this.post(shown.text);
      else this.conversation.outbox.add(name, payload, shown);
    }
  }

  /** Removes and returns what was never stored here because the conversation was closed. */
  leaveBehind() {
    const { outbox } = this.conversation;
    const unsent = outbox.items.filter((item) => item.state !== "sent");
    for (const item of unsent) outbox.settle(item.client_msg_id);
    return unsent;
  }

  close() {
    this.conversation.close();
    this.socket.disconnect();
    clearTimeout(this.#bannerTimer);
    clearTimeout(this.#typingTimer);
    for (const address of this.previews.values()) URL.revokeObjectURL(address);
  }

  #listen() {
    this.socket.on("connect", () => this.#connected());
    this.socket.on("disconnect", (reason) => this.#lost(reason));
    this.socket.on("connect_error", () => this.#notConnected());
    this.socket.on("typing", (news) => this.#heardTyping(news));
    this.socket.on("read_changed", ({ by, seq }) => by !== "customer" && this.conversation.markReadByPeer(seq));
    this.socket.on("queue_changed", ({ position, eta_s: etaS }) => this.#update({ position, etaS: etaS ?? null }));
    this.socket.on("engine_changed", ({ state }) => this.#engineIs(state));
    this.socket.onAny((_name, event) => this.#hear(event));
  }

  #hear(event) {
    if (event?.conversation_id === this.id && Number.isInteger(event.seq) && event.type) this.conversation.receive(event);
  }

  async #send(item) {
    try {
      return await request(this.socket, item.name, { client_msg_id: item.client_msg_id, ...item.payload });
    } catch (error) {
      // A closed conversation: the session names the next one, and what is unsent moves there.
      const isElsewhere = error instanceof Refused && ["not_signed_in", "conversation_resolved"].includes(error.code);
      if (isElsewhere) await this.#renew();
      throw error;
    }
  }

  async #connected() {
    clearTimeout(this.#bannerTimer);
    this.#renewals = 0;
    this.#setLine("online");
    if (this.readSeq > 0) hint(this.socket, "read", { seq: this.readSeq });
    const isWhole = await this.conversation.connected().catch(() => false);
    if (isWhole) this.isLoaded = true;
    this.#changed();
  }

  #lost(reason) {
    this.conversation.disconnected();
    this.typing = null;
    this.#expectLine();
    if (reason === "io server disconnect") this.#notConnected();
  }

  /** The library tries again by itself unless the desk said no; then the session is renewed first. */
  async #notConnected() {
    this.#expectLine();
    if (this.socket.active) return;
    const turn = this.#renewals++;
    await waitMs(backoffMs(turn));
    await this.#renew();
    this.socket.connect();
  }

  async #renew() {
    await this.session.open().catch(() => {});
    if (this.session.info?.conversation_id !== this.id) this.dispatchEvent(new Event("moved"));
  }

  #expectLine() {
    clearTimeout(this.#bannerTimer);
    if (this.line === "online") this.#setLine("connecting");
    this.#bannerTimer = setTimeout(() => this.#setLine("lost"), BANNER_AFTER_MS);
  }

  #setLine(line) {
    this.line = line;
    this.#changed();
  }

  #engineIs(state) {
    this.engine = state;
    this.#changed();
  }

  #heardTyping({ actor, on }) {
    if (actor?.kind === "customer") return;
    clearTimeout(this.#typingTimer);
    this.typing = on ? actor : null;
    if (on) this.#typingTimer = setTimeout(() => this.#heardTyping({ actor, on: false }), TYPING_LASTS_MS);
    this.#changed();
  }

  #fold(fresh) {
    for (const event of fresh) this.state = after(this.state, event);
    if (fresh.some((event) => !isOwn(event))) this.typing = null; // what they typed, or gave up, is here
    this.dispatchEvent(new CustomEvent("events", { detail: fresh }));
  }

  #snapshot({ state = {} }) {
    this.state = fromSnapshot(this.state, state);
    if (state.engine) this.engine = state.engine;
    this.conversation.markReadByPeer(state.read_by_agent ?? 0);
  }

  #update(change) {
    this.state = { ...this.state, ...change };
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

export const isOwn = (event) => event.actor?.kind === "customer";

function attempt(work) {
  try {
    return work();
  } catch {
    return null;
  }
}
