/* Says incoming messages to screen readers; history that loads is not read out. */
import { LitElement, css, html } from "lit";
import { t } from "../shared/i18n.js";
import { sentenceOf } from "../shared/event_sentence.js";
import { isOwn } from "./chat.js";

export class Announcer extends LitElement {
  static properties = { model: { attribute: false }, text: { state: true } };
  static styles = css`
    div {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  `;

  constructor() {
    super();
    this.text = "";
    this.hear = ({ detail }) => this.#say(detail);
  }

  willUpdate(changed) {
    if (!changed.has("model")) return;
    changed.get("model")?.removeEventListener("events", this.hear);
    this.model?.addEventListener("events", this.hear);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.model?.removeEventListener("events", this.hear);
  }

  render() {
    return html`<div role="status" aria-live="polite">${this.text}</div>`;
  }

  #say(fresh) {
    if (!this.model.chat.isLoaded) return;
    const texts = fresh.filter((event) => !isOwn(event)).map(spoken).filter(Boolean);
    if (texts.length > 0) this.text = texts.join(" ");
  }
}

function spoken(event) {
  if (event.type !== "message_posted") return sentenceOf(event);
  const name = event.actor.name || t(`actor.${event.actor.kind}`);
  return `${name}: ${event.body.text || t("message.picture")}`;
}

customElements.define("baton-announcer", Announcer);
