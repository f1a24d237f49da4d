// The middle column: head with actions, what was said, and the composer. Everything comes from the open
// conversation; this component only decides what is on the screen and where the view stands.
import { html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import "../../shared/picture_viewer.js";
import { isMessage } from "../../shared/thread.js";
import "../../shared/typing.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { skeletonRows, skeletonStyles } from "../shell/skeleton.js";
import "./composer.js";
import "./head.js";
import { lastReadSeq, rowsOf } from "./rows.js";
import { threadStyles } from "./thread_styles.js";

const NEAR_END_PX = 80;

export class ConversationThread extends DeskElement {
  static properties = { atEnd: { state: true }, fresh: { state: true } };
  static styles = [...DeskElement.styles, skeletonStyles, threadStyles];

  #shownId = null;
  #seenSeq = 0; // the last event the agent had on the screen's end
  #unreadAfter; // undefined until the log is here, null for no line
  #anchor = null; // {height, top} from before older events were put in front
  #lastTop = 0;
  #watched = null;
  #resized = new ResizeObserver(() => this.atEnd && this.#stickToEnd(this.$(".scroll")));

  constructor() {
    super();
    this.atEnd = true;
    this.fresh = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#visible);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#visible);
    this.#resized.disconnect();
  }

  render() {
    const { open } = this.desk;
    if (!open) return this.#nothingOpen();
    return html`<thread-head .desk=${this.desk}></thread-head>
      <div
        class="scroll"
        role="log"
        aria-label=${t("thread.label")}
        tabindex="0"
        @scroll=${this.#scrolled}
        @retry-message=${this.#retry}
        @discard-message=${this.#discard}
        @open-picture=${(event) => this.$("baton-picture-viewer").show(event.detail.url)}>
        ${this.#content(open)}
      </div>
      ${this.#jump()}${this.#typing(open)} ${this.#composer(open)}
      <baton-picture-viewer></baton-picture-viewer>`;
  }

  focusComposer(kind) {
    this.$("thread-composer")?.focusOn(kind);
  }

  toUnread() {
    const line = this.$("#unread");
    if (line) line.scrollIntoView({ block: "start" });
    else this.#toEnd();
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    const { open } = this.desk;
    if (open?.id !== this.#shownId) this.#begin(open);
    if (open?.logState === "ready" && this.#unreadAfter === undefined) this.#unreadAfter = lastReadSeq(open);
  }

  updated() {
    const scroll = this.$(".scroll");
    this.#watchSize(scroll);
    if (!scroll) return;
    if (this.#anchor) this.#keepPlace(scroll);
    else if (this.atEnd) this.#stickToEnd(scroll);
    else this.fresh = this.desk.open.events.filter((event) => event.seq > this.#seenSeq && isMessage(event)).length;
  }

  #watchSize(scroll) {
    if (scroll === this.#watched) return;
    this.#resized.disconnect();
    this.#watched = scroll;
    if (scroll) this.#resized.observe(scroll);
  }

  #begin(open) {
    this.#shownId = open?.id ?? null;
    this.#seenSeq = 0;
    this.#unreadAfter = undefined;
    this.#anchor = null;
    this.atEnd = true;
    this.fresh = 0;
  }

  #content(open) {
    if (open.logState === "error") return this.#failed(open);
    if (open.logState === "loading" && open.events.length === 0) return skeletonRows(5);
    return html`${this.#earlier(open)}${rowsOf(this.desk, this.#unreadAfter ?? null)}`;
  }

  /** Only once it is known whose conversation this is. */
  #composer({ id }) {
    if (!this.desk.openSummary) return nothing;
    return html`<thread-composer
      .desk=${this.desk}
      .conversationId=${id}
      @leave=${() => this.$("[role=log]").focus()}
      @sent=${() => this.#toEnd()}></thread-composer>`;
  }

  #earlier(open) {
    if (!open.hasEarlier) return nothing;
    return html`<p class="earlier">
      <button class="button small" ?disabled=${open.loadingEarlier} @click=${this.#loadEarlier}>
        ${t(open.loadingEarlier ? "loading" : "thread.earlier")}
      </button>
    </p>`;
  }

  async #loadEarlier() {
    const scroll = this.$(".scroll");
    const before = { height: scroll.scrollHeight, top: scroll.scrollTop };
    await this.desk.open.loadEarlier().catch(() => this.desk.say("error.offline", {}, "bad"));
    this.#anchor = before;
    this.requestUpdate();
  }

  async #keepPlace(scroll) {
    const { height, top } = this.#anchor;
    this.#anchor = null;
    await childrenDrawn(scroll);
    scroll.scrollTop = top + scroll.scrollHeight - height;
  }

  async #stickToEnd(scroll) {
    if (!scroll) return;
    await childrenDrawn(scroll);
    if (!this.atEnd) return;
    scroll.scrollTop = scroll.scrollHeight;
    this.#markSeen();
  }

  #toEnd() {
    this.atEnd = true;
    this.requestUpdate();
  }

  #scrolled(event) {
    const { scrollTop, scrollHeight, clientHeight } = event.target;
    // Growth and a smaller window move the end away too; only a reader who went up has left it.
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) this.atEnd = true;
    else if (scrollTop < this.#lastTop - 1) this.atEnd = false;
    this.#lastTop = scrollTop;
    if (this.atEnd) this.#markSeen();
  }

  #visible = () => this.#markSeen();

  #markSeen() {
    const { open } = this.desk;
    if (!open || document.hidden || open.lastSeq <= 0 || open.logState !== "ready") return;
    this.fresh = 0;
    const news = open.lastSeq > this.#seenSeq || this.desk.openSummary?.unread > 0;
    this.#seenSeq = open.lastSeq;
    // Somebody else's unread count is not ours to clear.
    if (news && this.desk.isMine) this.desk.markRead();
  }

  #jump() {
    if (this.atEnd) return nothing;
    return html`<div class="jump">
      <button class="button small" @click=${() => this.#toEnd()}>
        ${icon("down", 14)}${this.fresh ? t("thread.fresh", { n: this.fresh }) : t("thread.to_end")}
      </button>
    </div>`;
  }

  #typing({ typing }) {
    if (!typing) return html`<div class="typing" aria-live="polite"></div>`;
    const name = typing.name || t(`actor.${typing.actor}`);
    return html`<div class="typing" aria-live="polite">
      <baton-typing name=${name}></baton-typing>${typing.text ? html`<q>${typing.text}</q>` : nothing}
    </div>`;
  }

  #retry(event) {
    this.desk.open.conversation.outbox.retry(event.detail.client_msg_id);
  }

  #discard(event) {
    this.desk.open.conversation.outbox.discard(event.detail.client_msg_id);
  }

  #nothingOpen() {
    return html`<div class="none">
      ${icon("chat", 36)}<strong>${t("thread.none")}</strong><span>${t("thread.none_hint")}</span>
      <dl class="keys">
        ${["j", "Enter", "a", "/", "?"].map(
          (key) =>
            html`<div>
              <dt><kbd>${key}</kbd></dt>
              <dd>${t(`key.${key}`)}</dd>
            </div>`,
        )}
      </dl>
    </div>`;
  }

  #failed(open) {
    return html`<div class="none" role="alert">
      ${icon("offline", 32)}<strong>${t("thread.failed")}</strong>
      <button class="button" @click=${() => open.refresh()}>${t("action.retry")}</button>
    </div>`;
  }
}
customElements.define("conversation-thread", ConversationThread);

/** Messages are elements with their own drawing; heights are true only after theirs. */
const childrenDrawn = (scroll) => Promise.all([...scroll.children].map((child) => child.updateComplete));
