// Where the agent writes: reply or internal note, canned responses, pictures, and the promise hint.
// Enter sends unless an input method is composing; drafts stay in the browser per conversation and kind.
import { html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { cannedIn, cannedQuery, matchCanned } from "../model/canned.js";
import { filledResponse } from "../model/composing.js";
import { uploadPicture } from "../model/picture.js";
import "./canned_menu.js";
import { composerStyles } from "./composer_styles.js";
import "./composer_tools.js";
import "./known_bar.js";
import { KnownHint } from "./known_hint.js";
import "./promise_bar.js";
import { PromiseHint } from "./promise_hint.js";

const TEXT_LIMIT = 4000;
const COUNT_FROM = 3500; // characters after which the count is shown
const TYPING_EVERY_MS = 3000;

export class ThreadComposer extends DeskElement {
  static properties = {
    kind: { state: true },
    active: { state: true },
    uploading: { state: true },
    conversationId: {},
  };
  static styles = [...DeskElement.styles, composerStyles];

  #typedAt = 0;
  #promise = new PromiseHint(this);
  #known = new KnownHint(this);

  constructor() {
    super();
    this.kind = "reply";
    this.active = 0;
    this.uploading = 0;
  }

  get draft() {
    return this.desk.drafts.read(this.conversationId, this.kind);
  }

  /** Opens the tab and puts the cursor at the end. */
  async focusOn(kind) {
    this.kind = kind;
    await this.updateComplete;
    const field = this.$("textarea");
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has("conversationId")) return;
    this.#promise.kept = null;
    Object.assign(this, { active: 0, kind: "reply" });
    this.#known.opened(this.draft);
  }

  updated() {
    const field = this.$("textarea");
    if (!field) return;
    field.style.height = "auto"; // grows with the text up to the limit in the style sheet
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  render() {
    const locked = this.kind === "reply" && !this.desk.isMine;
    return html`<div class="box ${this.kind}">
      ${this.#tabs()}
      ${locked ? this.#notMine() : html`${this.#canned()}${this.#alreadyKnown()}${this.#promised()}${this.#field()}${this.#bar()}`}
    </div>`;
  }

  #tabs() {
    return html`<div class="tabs" role="tablist" aria-label=${t("composer.kind")} @keydown=${this.#tabKey}>
      ${this.#tab("reply", "chat", "r")}${this.#tab("note", "lock", "n")}
      ${this.kind === "note" ? html`<span class="hint">${t("composer.note_hint")}</span>` : nothing}
    </div>`;
  }

  #tab(kind, iconName, key) {
    const selected = kind === this.kind;
    return html`<button
      role="tab"
      aria-selected=${selected}
      tabindex=${selected ? 0 : -1}
      aria-keyshortcuts=${key}
      @click=${() => this.focusOn(kind)}>
      ${icon(iconName, 14)}${t(`composer.${kind}`)}
    </button>`;
  }

  #tabKey(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    this.kind = this.kind === "reply" ? "note" : "reply";
    this.updateComplete.then(() => this.$('[aria-selected="true"]').focus());
  }

  #notMine() {
    const { state, assignee } = this.desk.openSummary ?? {};
    const may = this.desk.me.permissions.includes("take_over");
    const held = may ? "colleague_for_lead" : "colleague";
    const key = state === "resolved" ? "resolved" : assignee ? held : "bot";
    const words = t(`composer.locked_${key}`, { name: assignee?.name ?? "" });
    return html`<p class="locked">${icon("lock", 15)}${words}</p>`;
  }

  #field() {
    return html`<textarea
      rows="2"
      maxlength=${TEXT_LIMIT}
      aria-label=${t(`composer.${this.kind}`)}
      placeholder=${t(`composer.${this.kind}_placeholder`)}
      .value=${this.draft}
      @input=${this.#input}
      @keydown=${this.#key}
      @paste=${this.#paste}></textarea>`;
  }

  #bar() {
    const { length } = this.draft;
    const hint = length > COUNT_FROM ? `${length}/${TEXT_LIMIT}` : t("composer.enter_hint");
    return html`<div class="bar">
      ${this.kind === "reply" ? this.#tools() : nothing}
      ${this.uploading ? html`<span class="hint" role="status">${t("composer.uploading")}</span>` : nothing}
      <span class="hint push ${length > COUNT_FROM ? "" : "wide"}">${hint}</span>
      <button class="button primary small send" ?disabled=${!this.draft.trim()} @click=${this.#send}>
        ${t(`composer.send_${this.kind}`)}
      </button>
    </div>`;
  }

  #tools() {
    return html`<composer-tools
      .desk=${this.desk}
      .conversationId=${this.conversationId}
      @picture=${(event) => this.#upload(event.detail)}
      @canned=${() => this.#replace("/")}
      @promise=${() => this.#promise.ask()}></composer-tools>`;
  }

  get #matches() {
    const query = this.kind === "reply" ? cannedQuery(this.draft) : null;
    return query === null ? null : matchCanned(cannedIn(this.desk.canned, this.desk.openSummary?.lang), query);
  }

  #canned() {
    const responses = this.#matches;
    if (!responses) return nothing;
    return html`<canned-menu
      .responses=${responses}
      active=${this.active}
      @choose=${(event) => this.#fill(event.detail)}></canned-menu>`;
  }

  #alreadyKnown() {
    const { known } = this.#known;
    return this.kind === "reply" && known.length > 0 ? html`<known-bar .known=${known}></known-bar>` : nothing;
  }

  #promised() {
    const found = this.#promise.kept ?? this.#promise.found;
    if (this.kind !== "reply" || !found) return nothing;
    return html`<promise-bar
      .found=${found}
      ?kept=${this.#promise.kept !== null}
      @keep=${() => this.#promise.keep()}
      @drop=${() => this.#promise.drop()}
      @time=${() => this.#promise.ask()}></promise-bar>`;
  }

  #fill(response) {
    this.#replace(filledResponse(response, this.desk));
  }

  #replace(text) {
    this.#write(text);
    this.focusOn("reply");
  }

  #input(event) {
    this.active = 0;
    this.#write(event.target.value);
    if (this.kind === "reply") this.#sayTyping();
  }

  #write(text) {
    this.desk.drafts.write(this.conversationId, this.kind, text);
    this.#promise.draftChanged(text);
    if (this.kind === "reply") this.#known.draftChanged(text);
    this.requestUpdate();
  }

  #sayTyping() {
    if (this.desk.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = this.desk.now();
    this.desk.open?.sayTyping(true);
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method owns this key
    const used = (this.#matches && this.#menuKey(event)) || this.#ownKey(event);
    if (used) event.preventDefault();
  }

  /** True when the key was for the list of canned responses. */
  #menuKey({ key }) {
    const responses = this.#matches;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0;
    const chosen = key === "Enter" || key === "Tab" ? responses[this.active] : null;
    if (step) this.active = (this.active + step + responses.length) % Math.max(1, responses.length);
    if (chosen) this.#fill(chosen);
    if (key === "Escape") this.#write("");
    return Boolean(step || chosen || key === "Escape");
  }

  #ownKey(event) {
    if (event.altKey && event.code === "KeyP") this.#promise.keepOrAsk();
    else if (event.key === "Enter" && !event.shiftKey && !event.altKey) this.#send();
    else if (event.key === "Escape") this.dispatchEvent(new Event("leave"));
    else return false;
    return true;
  }

  #send() {
    const text = this.draft.trim();
    if (!text) return;
    const { open } = this.desk;
    if (this.kind === "note") open.note(text);
    else open.reply({ kind: "text", text });
    this.desk.drafts.clear(this.conversationId, this.kind);
    if (this.kind === "reply") {
      this.#promise.sent();
      this.#known.draftChanged("");
    }
    this.#typedAt = 0;
    this.requestUpdate();
    this.dispatchEvent(new Event("sent", { bubbles: true, composed: true }));
  }

  #paste(event) {
    const pictures = [...(event.clipboardData?.files ?? [])];
    if (pictures.length === 0 || this.kind !== "reply") return;
    event.preventDefault();
    this.#upload(pictures);
  }

  async #upload(files) {
    const { open } = this.desk; // the conversation it was chosen in, also when the agent moves on meanwhile
    this.uploading += files.length;
    for (const file of files) {
      await uploadPicture(this.desk, open, file);
      this.uploading -= 1;
    }
  }
}
customElements.define("thread-composer", ThreadComposer);
