/* Who answers, and whether the line is up. A bot is always called a bot. */
import { LitElement, css, html, nothing } from "lit";
import { base, buttons, pills } from "../shared/base_styles.js";
import { LangController, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { initialState, isClosed, isWaiting } from "./conversation_state.js";

export class WidgetHeader extends LitElement {
  static properties = {
    chat: { attribute: false },
    version: { attribute: false },
    offerPerson: { type: Boolean },
    canClose: { type: Boolean },
  };
  static styles = [
    base,
    buttons,
    pills,
    css`
      header {
        display: flex;
        align-items: center;
        gap: var(--s-2);
        padding: var(--s-2) var(--s-2) var(--s-2) var(--s-4);
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      .face {
        display: grid;
        flex: none;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--accent-ink);
      }
      .face.agent {
        background: var(--agent-soft);
        color: var(--agent-ink);
      }
      .who {
        flex: 1;
        min-width: 0;
      }
      h1 {
        display: flex;
        align-items: center;
        gap: var(--s-2);
        overflow: hidden;
        font-size: var(--f-l);
        font-weight: 600;
        line-height: 1.35;
        white-space: nowrap;
      }
      h1 > span:first-child {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .hint {
        display: flex;
        align-items: center;
        gap: 6px;
        overflow: hidden;
        color: var(--text-soft);
        font-size: var(--f-xs);
        white-space: nowrap;
      }
      .hint > span:last-child {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .dot {
        flex: none;
        width: 8px;
        height: 8px;
        border: 2px solid var(--line-strong);
        border-radius: 50%;
      }
      .dot.online {
        border-color: var(--ok-ink);
        background: var(--ok-ink);
      }
      .dot.lost {
        border-color: var(--danger);
      }
    `,
  ];

  constructor() {
    super();
    new LangController(this);
  }

  render() {
    const state = this.chat?.state ?? initialState;
    const agent = state.state === "with_agent" ? state.agent : null;
    return html`<header>
      <span class="face ${agent ? "agent" : ""}">${icon(agent ? "person" : "bot", 20)}</span>
      <div class="who">
        <h1>
          <span>${agent ? agent.name || t("actor.agent") : t("widget.bot_name")}</span>
          <span class="pill ${agent ? "agent" : "accent"}">${t(agent ? "actor.agent_label" : "actor.bot_label")}</span>
        </h1>
        <p class="hint"><span class="dot ${this.chat?.line ?? ""}"></span><span>${this.#hint(state, agent)}</span></p>
      </div>
      ${this.offerPerson
        ? html`<button type="button" class="button small soft person" aria-label=${t("widget.talk_to_person_long")} title=${t("widget.talk_to_person_long")} @click=${() => this.#tell("ask-person")}>${icon("person", 16)}${t("widget.talk_to_person")}</button>`
        : nothing}
      ${this.canClose
        ? html`<button type="button" class="icon-button" aria-label=${t("widget.minimise")} title=${t("widget.minimise")} @click=${() => this.#tell("close-widget")}>${icon("down", 20)}</button>`
        : nothing}
    </header>`;
  }

  #hint(state, agent) {
    if (!this.chat || this.chat.line === "connecting") return t("widget.connecting");
    if (this.chat.line === "lost") return t("widget.offline");
    if (isClosed(state)) return t("widget.closed_hint");
    if (isWaiting(state)) return t("widget.queue_hint");
    return t(agent ? "widget.agent_hint" : "widget.bot_hint");
  }

  #tell(name) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}

customElements.define("baton-widget-header", WidgetHeader);
