/*
 * One message of a thread: text, picture or card, its buttons, its time and how far it has got.
 *
 * It draws and reports, it never acts. Emits (bubbling, composed): `press-button` {button_id, label},
 * `retry-message` and `discard-message` {client_msg_id}, `open-picture` {url, width, height}.
 */
import { LitElement, html, nothing } from "lit";
import { base, buttons, pills } from "./base_styles.js";
import { cardTemplate } from "./cards.js";
import { clock } from "./format.js";
import { LangController, hasText, t } from "./i18n.js";
import { icon } from "./icons.js";
import { messageStyles } from "./message_styles.js";

/** The largest a picture stands in a thread, in px; its place is kept before it has loaded. */
const PICTURE_BOX = { width: 220, height: 260 };

/** Addresses a picture may have; anything else is not loaded. */
const PICTURE_ADDRESS = /^(https?:\/\/|\/|blob:)/;

const FACES = { bot: "bot", system: "shield" }; // all others are people

export class BatonMessage extends LitElement {
  static properties = {
    event: { attribute: false },
    own: { type: Boolean, reflect: true },
    grouped: { type: Boolean, reflect: true },
    status: { reflect: true }, // sending | waiting | sent | read | failed
    pressed: { attribute: false }, // Set of button ids that were chosen
    locked: { type: Boolean }, // buttons cannot be used (closed conversation, other viewer)
    error: { attribute: false }, // {code, message} of a refused message
    preview: { attribute: false }, // local address of a picture that is still on its way
    isBroken: { state: true }, // the picture could not be loaded
  };
  static styles = [base, buttons, pills, messageStyles];

  constructor() {
    super();
    this.pressed = new Set();
    new LangController(this);
  }

  render() {
    const { body } = this.event;
    return html`${this.#author()}
      <div class="content ${this.event.actor.kind} ${this.event.type === "note_added" ? "note" : ""}">${this.#content(body)}</div>
      ${this.#buttons(body.buttons ?? [])} ${this.#foot()}`;
  }

  #author() {
    const { actor, type } = this.event;
    const quiet = this.grouped || (this.own && type !== "note_added"); // an own note still says that it is one
    if (quiet) return html`<p class="visually-hidden">${this.#name(actor)}</p>`;
    return html`<p class="author">
      <span class="face ${actor.kind}">${icon(FACES[actor.kind] ?? "person", 16)}</span>
      <span>${this.#name(actor)}</span>
      ${actor.kind === "bot" ? html`<span class="pill accent">${t("actor.bot_label")}</span>` : nothing}
      ${actor.kind === "agent" && type !== "note_added" ? html`<span class="pill agent">${t("actor.agent_label")}</span>` : nothing}
      ${type === "note_added" ? html`<span class="pill warn">${icon("lock", 12)}${t("message.note")}</span>` : nothing}
    </p>`;
  }

  #name(actor) {
    return this.own ? t("actor.you") : actor.name || t(`actor.${actor.kind}`);
  }

  #content(body) {
    if (body.kind === "picture") return this.#picture(body);
    const card = body.kind === "card" ? cardTemplate(body.card) : null;
    if (!card) return html`<p class="bubble">${body.text}</p>`;
    return html`<div class="card-slot">${card}</div>`; // its text is for channels without cards
  }

  #picture(body) {
    const url = this.preview ?? body.url;
    const { width, height } = fitted(body);
    const text = body.text ? html`<p class="bubble">${body.text}</p>` : nothing;
    if (!url || !PICTURE_ADDRESS.test(url) || this.isBroken) return html`<p class="bubble placeholder">${icon("picture")}${t("message.picture")}</p>${text}`;
    return html`<button class="picture" type="button" aria-label=${t("message.open_picture")} @click=${() => this.#tell("open-picture", { ...body, url })}>
        <img src=${url} width=${width} height=${height} alt=${t("message.picture")} loading="lazy" @error=${() => (this.isBroken = true)} />
      </button>${text}`;
  }

  #buttons(all) {
    if (all.length === 0) return nothing;
    const chosen = all.find((button) => this.pressed.has(button.id));
    return html`<div class="choices" role="group" aria-label=${t("message.choices")}>
      ${all.map((button) => this.#button(button, chosen))}
    </div>`;
  }

  #button(button, chosen) {
    const isChosen = button === chosen;
    return html`<button
      type="button"
      class="button ${isChosen ? "chosen" : "soft"}"
      ?disabled=${Boolean(chosen) || this.locked}
      aria-pressed=${isChosen ? "true" : nothing}
      @click=${() => this.#tell("press-button", { button_id: button.id, label: button.label })}
    >${isChosen ? icon("check", 16) : nothing}${button.label}${isChosen ? html`<span class="visually-hidden">${t("message.chosen")}</span>` : nothing}</button>`;
  }

  #foot() {
    if (this.status === "failed") return this.#failed();
    const label = { sending: "message.sending", waiting: "message.waiting", sent: "message.sent", read: "message.read" }[this.status];
    const sign = { sending: "clock", waiting: "clock", sent: "check", read: "checks" }[this.status];
    return html`<p class="foot">
      <time datetime=${this.event.at}>${clock(this.event.at)}</time>
      ${label ? html`<span class="state">${icon(sign, 14)}${t(label)}</span>` : nothing}
    </p>`;
  }

  #failed() {
    const id = this.event.client_msg_id;
    return html`<div class="foot failed" role="alert">
      <span class="state">${icon("alert", 14)}${this.#why()}</span>
      <button type="button" class="button small" @click=${() => this.#tell("retry-message", { client_msg_id: id })}>${icon("retry", 14)}${t("message.retry")}</button>
      <button type="button" class="button small quiet" @click=${() => this.#tell("discard-message", { client_msg_id: id })}>${t("message.discard")}</button>
    </div>`;
  }

  #why() {
    if (!this.error) return t("message.failed");
    const key = `error.${this.error.code}`;
    return hasText(key) ? t(key) : this.error.message || t("message.failed");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function fitted({ width = PICTURE_BOX.width, height = PICTURE_BOX.width }) {
  const scale = Math.min(PICTURE_BOX.width / width, PICTURE_BOX.height / height, 1);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

customElements.define("baton-message", BatonMessage);
