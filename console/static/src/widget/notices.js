/* What the customer should know right now: line, engine, queue. One line each, worst first. */
import { LitElement, css, html, nothing } from "lit";
import { base, buttons } from "../shared/base_styles.js";
import { aboutMinutes } from "../shared/format.js";
import { LangController, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { isWaiting, isWithPeople } from "./conversation_state.js";

export class WidgetNotices extends LitElement {
  static properties = { chat: { attribute: false }, version: { attribute: false } };
  static styles = [
    base,
    buttons,
    css`
      p {
        display: flex;
        gap: var(--s-2);
        align-items: center;
        padding: var(--s-2) var(--s-4);
        font-size: var(--f-s);
        line-height: 1.45;
      }
      p > span {
        flex: 1;
      }
      .lost {
        background: var(--danger-soft);
        color: var(--danger-ink);
      }
      .engine {
        background: var(--warn-soft);
        color: var(--warn-ink);
      }
      .queue {
        background: var(--agent-soft);
        color: var(--agent-ink);
      }
      .button {
        flex: none;
      }
    `,
  ];

  constructor() {
    super();
    new LangController(this);
  }

  render() {
    return html`<div role="status">${this.#line()} ${this.#engine()} ${this.#queue()}</div>`;
  }

  #line() {
    if (this.chat.line !== "lost") return nothing;
    return html`<p class="lost">${icon("offline")}<span>${t("widget.reconnecting")}</span></p>`;
  }

  #engine() {
    const { engine, state } = this.chat;
    if (engine === "ready" || isWithPeople(state)) return nothing;
    return html`<p class="engine">
      ${icon(engine === "starting" ? "clock" : "alert")}<span>${t(`widget.engine_${engine}`)}</span>
      <button type="button" class="button small" @click=${this.#ask}>${t("widget.talk_to_person_long")}</button>
    </p>`;
  }

  #queue() {
    const { state, engine } = this.chat;
    if (!isWaiting(state)) return nothing;
    const help = engine === "ready" ? t("widget.waiting_bot") : "";
    return html`<p class="queue">${icon("clock")}<span>${this.#position(state)}${help}</span></p>`;
  }

  #position({ position, etaS, coming }) {
    if (coming) return `${t("widget.handed_on", { name: coming })}${t("widget.stop")}`;
    if (!position) return `${t("widget.queue_hint")}${t("widget.stop")}`;
    const place = position > 1 ? t("widget.position", { n: position - 1 }) : t("widget.position_first");
    return `${place}${etaS ? t("widget.position_eta", { eta: aboutMinutes(etaS) }) : ""}${t("widget.stop")}`;
  }

  #ask() {
    this.dispatchEvent(new CustomEvent("ask-person", { bubbles: true, composed: true }));
  }
}

customElements.define("baton-notices", WidgetNotices);
