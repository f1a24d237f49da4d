/* The widget as it is seen: header, notices, thread, composer, and the states around them. */
import { LitElement, html, nothing } from "lit";
import { base, buttons, pills } from "../shared/base_styles.js";
import { LangController, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import "../shared/picture_viewer.js";
import "./announcer.js";
import "./composer.js";
import { isClosed, isWithPeople } from "./conversation_state.js";
import "./header.js";
import "./notices.js";
import "./thread_view.js";
import { appStyles } from "./widget_styles.js";

export class BatonWidget extends LitElement {
  static properties = { model: { attribute: false } };
  static styles = [base, buttons, pills, appStyles];

  #heard = null;

  constructor() {
    super();
    new LangController(this);
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  willUpdate(changed) {
    if (changed.has("model")) this.#listen();
  }

  render() {
    const { model } = this;
    if (!model || model.phase === "loading") return this.#frame(html`<div class="centre" role="status">${t("widget.connecting")}</div>`);
    if (model.phase !== "ready") return this.#frame(this.#stopped());
    return this.#frame(this.#conversation());
  }

  #frame(content) {
    const chat = this.model?.chat;
    return html`<div class="app">
      <baton-widget-header
        .chat=${chat}
        .version=${this.#version()}
        ?offerPerson=${Boolean(chat) && !isWithPeople(chat.state)}
        ?canClose=${this.model?.bridge.hasPage ?? true}
        @ask-person=${this.#askPerson}
        @close-widget=${() => this.model?.bridge.tell("close")}
      ></baton-widget-header>
      ${content}
    </div>`;
  }

  #conversation() {
    const { chat } = this.model;
    return html`<baton-notices .chat=${chat} .version=${this.#version()} @ask-person=${this.#askPerson}></baton-notices>
      <baton-thread
        .model=${this.model}
        .version=${this.#version()}
        @suggest=${({ detail }) => this.#post(detail.text)}
        @press-button=${({ detail }) => this.#press(detail)}
        @retry-message=${({ detail }) => chat.retry(detail.client_msg_id)}
        @discard-message=${({ detail }) => chat.discard(detail.client_msg_id)}
        @open-picture=${({ detail }) => this.renderRoot.querySelector("baton-picture-viewer").show(detail.url)}
      ></baton-thread>
      ${isClosed(chat.state) && !chat.isContinued ? this.#closed() : this.#composer()}
      <baton-picture-viewer></baton-picture-viewer>
      <baton-announcer .model=${this.model}></baton-announcer>`;
  }

  #composer() {
    const { chat, context, session } = this.model;
    return html`<baton-composer
      .limits=${session.info.limits ?? {}}
      .token=${session.token}
      .context=${context}
      .draftKey=${`baton.draft.${chat.id}`}
      @post=${({ detail }) => this.#post(detail.text)}
      @post-picture=${({ detail }) => this.#send(() => chat.postPicture(detail.upload, detail.preview))}
      @typing=${({ detail }) => chat.sayTyping(detail.on)}
      @forget-context=${() => this.model.setContext(null)}
    ></baton-composer>`;
  }

  #closed() {
    return html`<div class="closed">
      <p>${t("widget.closed")}</p>
      <button type="button" class="button primary" @click=${this.#goOn}>${t("widget.continue")}</button>
    </div>`;
  }

  #stopped() {
    const isRefused = this.model.phase === "refused";
    return html`<div class="centre" role="alert">
      ${icon("offline", 32)}
      <p><b>${t(isRefused ? "widget.refused" : "widget.failed")}</b></p>
      ${isRefused
        ? nothing
        : html`<p class="muted">${t("widget.failed_text")}</p>
            <button type="button" class="button primary" @click=${() => this.model.reopen()}>${t("widget.try_again")}</button>`}
    </div>`;
  }

  async #goOn() {
    await this.model.goOn();
    await this.focusComposer();
  }

  #askPerson() {
    this.#send(() => this.model.chat.askPerson(t("widget.talk_to_person_long")));
  }

  /** The button is used up and would take the keyboard's place with it. */
  #press(button) {
    this.#send(() => this.model.chat.press(button));
    this.focusComposer();
  }

  #post(text) {
    this.#send(() => this.model.chat.post(text));
  }

  #send(work) {
    work();
    this.renderRoot.querySelector("baton-thread")?.toEnd();
  }

  #listen() {
    if (this.#heard === this.model) return;
    this.#heard = this.model;
    this.model.addEventListener("change", () => this.requestUpdate());
    this.model.bridge.addEventListener("opened", () => this.focusComposer());
  }

  /** Parts read live objects; a new number makes Lit look at them again. */
  #version() {
    this.drawn = (this.drawn ?? 0) + 1;
    return this.drawn;
  }

  /** Ready to write, except where that would throw up a keyboard over the messages. */
  async focusComposer() {
    await this.updateComplete;
    if (matchMedia("(pointer: fine)").matches) this.renderRoot.querySelector("baton-composer")?.focus();
  }

  #key(event) {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) this.model?.bridge.tell("close");
  }
}

customElements.define("baton-widget", BatonWidget);
