/*
 * The widget without its looks: session, conversation, what the shop's page says, and what is unread.
 * Emits `change`.
 */
import { NoAnswer, Refused } from "../shared/errors.js";
import { setLang } from "../shared/i18n.js";
import { unreadCount } from "../shared/thread.js";
import { backoffMs } from "../shared/timing.js";
import { Chat, isOwn } from "./chat.js";

export class WidgetModel extends EventTarget {
  phase = "loading"; // loading | ready | failed | refused
  chat = null;
  earlier = []; // events of conversations that ended while this page was open
  isOpen = false;
  unreadAfter = null; // where the divider stands while the panel is open
  context = null;

  #failures = 0;
  #owner = undefined; // whose conversation is on the screen, as `session.subject`
  #signIns = 0; // under way: only after the last is it settled whose words these are
  #again = null;

  constructor({ session, storage, bridge, makeChat = (parts) => new Chat(parts) }) {
    super();
    Object.assign(this, { session, storage, bridge, makeChat });
    bridge.addEventListener("opened", () => this.setOpen(true));
    bridge.addEventListener("closed", () => this.setOpen(false));
    bridge.addEventListener("identify", ({ detail }) => this.identify(detail.jwt ?? null));
    bridge.addEventListener("context", ({ detail }) => this.setContext(detail.context));
  }

  /** `greeting`: what the page said first (`jwt`, `context`, `open`). */
  async start({ jwt, context, open = false } = {}) {
    if (jwt) this.session.identify(jwt);
    this.#useContext(context);
    this.isOpen = open;
    await this.reopen();
  }

  /** Opens the session and moves to the conversation it names; unsent words move only with their author. */
  async reopen({ isQuiet = false } = {}) {
    if (this.phase !== "ready" && !isQuiet) this.#enter("loading");
    try {
      await this.session.open();
      this.#moveTo(this.session.info.conversation_id);
      this.#failures = 0;
      this.#enter("ready");
    } catch (error) {
      this.#notOpened(error);
    }
  }

  /** A desk that does not answer is asked again by itself; the button is for the impatient. */
  #notOpened(error) {
    if (this.phase === "ready") return;
    this.#enter(isRefusal(error) ? "refused" : "failed");
    clearTimeout(this.#again);
    if (!(error instanceof NoAnswer)) return;
    this.#again = setTimeout(() => this.phase === "failed" && this.reopen({ isQuiet: true }), backoffMs(this.#failures++));
  }

  /**
   * A new sign-in, or null: the customer signed out. What a visitor writes while signing in waits for
   * the conversation it then belongs to; it is lost neither here nor in the one they leave.
   */
  async identify(jwt) {
    this.session.identify(jwt);
    if (jwt === null) this.#leave();
    this.#signIns += 1;
    await this.chat?.hold();
    await this.reopen();
    this.#signIns -= 1;
    if (this.#signIns === 0) this.chat?.release();
  }

  async setContext(context) {
    this.#useContext(context);
    this.#changed();
    if (this.phase === "ready") await this.session.open().catch(() => {});
  }

  /** "Go on": the desk may answer with a new conversation; what was said stays on the screen. */
  async goOn() {
    const { chat } = this;
    await this.reopen();
    if (this.chat === chat) chat.isContinued = true;
    this.#changed();
  }

  setOpen(isOpen) {
    this.isOpen = isOpen;
    this.#placeDivider();
    this.#changed();
  }

  get unread() {
    return this.chat ? unreadCount(this.chat.events, this.chat.readSeq, isOwn) : 0;
  }

  #useContext(context) {
    const known = context?.order_no || context?.product_id ? context : null;
    this.context = known;
    this.session.context = known;
  }

  #moveTo(conversationId) {
    setLang(this.session.info.lang);
    const { subject } = this.session;
    const isSamePerson = this.#owner === undefined || this.#owner === subject; // a visitor becomes anybody
    this.#owner = subject;
    if (!conversationId || this.chat?.id === conversationId) return;
    const ended = isSamePerson ? this.chat : null;
    this.earlier = ended ? [...this.earlier, ...ended.events] : [];
    const unsent = ended?.leaveBehind() ?? [];
    this.chat?.close();
    this.chat = this.makeChat({ session: this.session, storage: this.storage });
    if (this.#signIns > 0) this.chat.hold();
    this.chat.takeOver(unsent);
    this.chat.addEventListener("change", () => this.#changed());
    this.chat.addEventListener("moved", () => this.#moveTo(this.session.info?.conversation_id));
    this.chat.addEventListener("events", ({ detail }) => this.#arrived(detail));
  }

  #leave() {
    this.chat?.close();
    this.chat = null;
    this.#owner = undefined;
    this.earlier = [];
    this.unreadAfter = null;
    this.#enter("loading");
  }

  #arrived(fresh) {
    if (!this.chat.isLoaded) this.#placeDivider();
    this.dispatchEvent(new CustomEvent("events", { detail: fresh }));
  }

  #placeDivider() {
    const hasUnread = this.isOpen && this.unread > 0 && this.chat.readSeq > 0;
    this.unreadAfter = hasUnread ? this.chat.readSeq : null;
  }

  #enter(phase) {
    this.phase = phase;
    this.#changed();
  }

  #changed() {
    this.bridge.tell("unread", { n: this.unread });
    this.dispatchEvent(new Event("change"));
  }
}

const isRefusal = (error) => error instanceof Refused && ["not_allowed", "not_found"].includes(error.code);
