/*
 * The messages: history, what is new, what is on its way. Stays at the end while the reader is
 * there; somebody who scrolled up is told instead of moved.
 */
import { LitElement, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { base, buttons } from "../shared/base_styles.js";
import "../shared/cards/notices.js";
import { day } from "../shared/format.js";
import { LangController, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import "../shared/message.js";
import { sentenceOf } from "../shared/event_sentence.js";
import "../shared/system_line.js";
import { isMessage, pressedButtons, promiseStates, threadRows } from "../shared/thread.js";
import "../shared/typing.js";
import { isOwn } from "./chat.js";
import { isClosed } from "./conversation_state.js";
import { threadStyles } from "./thread_styles.js";

const SUGGESTIONS = ["order", "track", "price", "return"];
/** Nearer to the end than this counts as "at the end". */
const END_ZONE_PX = 60;

export class ThreadView extends LitElement {
  static properties = { model: { attribute: false }, version: { attribute: false }, isAway: { state: true } };
  static styles = [base, buttons, threadStyles];

  constructor() {
    super();
    new LangController(this);
    this.isAway = false;
    this.sticks = true; // at the end, and stays there when something arrives or grows
    this.lastTop = 0;
    this.seen = () => this.#markRead();
    this.resizes = new ResizeObserver(() => this.#settle());
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.seen);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.seen);
    this.resizes.disconnect();
  }

  firstUpdated() {
    this.resizes.observe(this.#scroll());
    this.resizes.observe(this.renderRoot.querySelector(".rows"));
  }

  render() {
    const { chat } = this.model;
    const rows = this.#rows();
    return html`<div class="scroll" tabindex="0" role="log" aria-live="off" aria-label=${t("widget.messages")} aria-busy=${!chat.isLoaded} @scroll=${this.#scrolled}>
        ${!chat.isLoaded && rows.length === 0 && chat.line !== "lost" ? html`<p class="loading">${t("widget.loading")}</p>` : nothing}
        ${chat.isLoaded && !rows.some((row) => row.event) ? this.#welcome() : nothing}
        <div class="rows">${repeat(rows, (row) => row.key, (row) => this.#row(row))}</div>
        ${chat.typing ? html`<baton-typing .name=${chat.typing.name || t(`actor.${chat.typing.kind}`)}></baton-typing>` : nothing}
      </div>
      ${this.isAway ? this.#jump() : nothing}`;
  }

  updated() {
    this.#settle();
    if (this.model.isOpen && !this.wasOpen) requestAnimationFrame(() => this.#toUnread());
    this.wasOpen = this.model.isOpen;
    this.#markRead();
  }

  /** Moves to the newest message. */
  toEnd() {
    this.sticks = true;
    this.#settle();
  }

  #rows() {
    const { chat, earlier, unreadAfter } = this.model;
    this.pressed = pressedButtons([...earlier, ...chat.events], chat.conversation.pending);
    this.promises = promiseStates([...earlier, ...chat.events]);
    const shows = (event) => isMessage(event) || sentenceOf(event) !== null;
    const me = { kind: "customer", id: "me" };
    const { pending } = chat.conversation;
    return [...threadRows({ events: earlier, shows, isOwn }), ...threadRows({ events: chat.events, pending, me, shows, isOwn, unreadAfter })];
  }

  #row(row) {
    if (row.kind === "day") return html`<p class="day"><span>${day(row.at)}</span></p>`;
    if (row.kind === "unread") return html`<p class="unread" id="unread"><span>${t("widget.unread")}</span></p>`;
    if (row.kind === "pending") return this.#pending(row);
    if (row.event.type === "promise_made") return this.#promise(row.event);
    if (row.event.type === "handoff_requested" && row.event.body.text) return html`<baton-handoff-card .card=${{ text: row.event.body.text }}></baton-handoff-card>`;
    return isMessage(row.event) ? this.#message(row) : html`<baton-system-line .event=${row.event}></baton-system-line>`;
  }

  #message({ event, grouped }) {
    const { chat } = this.model;
    return html`<baton-message
      .event=${event}
      ?own=${isOwn(event)}
      ?grouped=${grouped}
      .pressed=${this.pressed}
      ?locked=${isClosed(chat.state) && !chat.isContinued}
      .preview=${chat.previews.get(event.client_msg_id)}
      status=${chat.conversation.statusOf(event) ?? nothing}
    ></baton-message>`;
  }

  #pending({ event, item, grouped }) {
    const { chat } = this.model;
    const isWaiting = item.state === "sending" && chat.line !== "online";
    return html`<baton-message
      .event=${event}
      own
      ?grouped=${grouped}
      .error=${item.error}
      .preview=${chat.previews.get(item.client_msg_id)}
      status=${isWaiting ? "waiting" : item.state}
    ></baton-message>`;
  }

  #promise(event) {
    const promise = this.promises.get(event.body.promise_id) ?? event.body;
    return html`<baton-promise-card .card=${promise}></baton-promise-card>`;
  }

  #welcome() {
    const name = this.model.session.info.customer?.name;
    return html`<section class="welcome">
      <h2>${name ? t("widget.hello_name", { name }) : t("widget.hello")}</h2>
      <p>${t("widget.hello_text")}</p>
      <ul>
        ${SUGGESTIONS.map((name) => t(`widget.suggest.${name}`)).map(
          (text) => html`<li><button type="button" class="suggestion" @click=${() => this.#suggest(text)}>${text}${icon("arrow", 16)}</button></li>`,
        )}
      </ul>
    </section>`;
  }

  #jump() {
    const n = this.model.unread;
    return html`<button type="button" class="button small jump" @click=${this.toEnd}>
      ${icon("down", 16)}${n > 0 ? t("widget.new_messages", { n }) : t("widget.jump")}
    </button>`;
  }

  #suggest(text) {
    this.dispatchEvent(new CustomEvent("suggest", { detail: { text } }));
  }

  #scroll() {
    return this.renderRoot.querySelector(".scroll");
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll();
    const isAtEnd = scrollHeight - scrollTop - clientHeight <= END_ZONE_PX;
    // Growth moves the end away too; only a reader who went up has left it.
    if (isAtEnd) this.sticks = true;
    else if (scrollTop < this.lastTop - 1) this.sticks = false;
    this.lastTop = scrollTop;
    this.isAway = !this.sticks;
    this.#markRead();
  }

  #settle() {
    const scroll = this.#scroll();
    if (this.sticks) scroll.scrollTop = scroll.scrollHeight;
  }

  /** Opened with something unread: the first unread message is where reading starts. */
  #toUnread() {
    const mark = this.renderRoot.querySelector(".unread");
    if (mark) this.#scroll().scrollTop = mark.offsetTop - this.#scroll().offsetTop - 8;
  }

  #markRead() {
    const { chat, isOpen } = this.model;
    if (isOpen && this.sticks && chat.isLoaded && document.visibilityState === "visible") chat.read(chat.lastSeq);
  }
}

customElements.define("baton-thread", ThreadView);
