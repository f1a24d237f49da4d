/* Every shared component in every state, one section each. */
import { LitElement, css, html } from "lit";
import { base, buttons, pills } from "../shared/base_styles.js";
import { cardTemplate } from "../shared/cards.js";
import { LangController } from "../shared/i18n.js";
import { icon, iconNames } from "../shared/icons.js";
import "../shared/message.js";
import "../shared/system_line.js";
import "../shared/typing.js";
import { cards, messages, systemEvents } from "./fixtures.js";
import { widgetStates } from "./widget_states.js";

const COLOURS = ["canvas", "surface", "sunken", "line", "line-strong", "text", "text-soft", "accent", "accent-soft", "own", "agent-soft", "note-soft", "danger", "danger-soft", "warn-soft", "ok-soft", "price"];

export class PatternsPage extends LitElement {
  static styles = [
    base,
    buttons,
    pills,
    css`
      :host {
        display: block;
        max-width: 1200px;
        margin-inline: auto;
        padding: var(--s-5) var(--s-4);
      }
      h1 {
        font-size: var(--f-xxl);
      }
      h2 {
        margin: var(--s-6) 0 var(--s-3);
        font-size: var(--f-xl);
      }
      h3 {
        margin-bottom: var(--s-2);
        color: var(--text-soft);
        font-size: var(--f-xs);
        font-weight: 500;
      }
      .wall {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr));
        gap: var(--s-4);
        align-items: start;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-3);
        align-items: center;
      }
      .swatch {
        display: grid;
        gap: var(--s-1);
        width: 92px;
        font-size: var(--f-xs);
      }
      .swatch svg {
        border: 1px solid var(--line);
        border-radius: var(--r-m);
      }
      figure {
        display: grid;
        min-width: 0;
      }
      .phone {
        height: 560px;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--r-l);
        box-shadow: var(--shadow-2);
      }
      baton-widget {
        display: block;
        height: 100%;
      }
    `,
  ];

  constructor() {
    super();
    new LangController(this);
  }

  render() {
    return html`<h1>baton</h1>
      ${this.#section("Colours", html`<div class="row">${COLOURS.map(swatch)}</div>`)}
      ${this.#section("Buttons", buttonsRow)} ${this.#section("Pills", pillsRow)}
      ${this.#section("Icons", html`<div class="row">${iconNames.map((name) => html`<span title=${name}>${icon(name, 22)}</span>`)}</div>`)}
      ${this.#section("Messages", wall(messages().map((one) => [one.title, messageOf(one)])))}
      ${this.#section("Lines", html`${systemEvents().map((event) => html`<baton-system-line .event=${event}></baton-system-line>`)}<baton-typing name="Lin"></baton-typing>`)}
      ${this.#section("Cards", wall(Object.entries(cards()).map(([name, card]) => [name, cardTemplate(card)])))}
      ${this.#section("Widget", wall(Object.entries(widgetStates()).map(([name, model]) => [name, html`<div class="phone"><baton-widget .model=${model}></baton-widget></div>`])))}`;
  }

  #section(title, content) {
    return html`<section aria-label=${title}><h2>${title}</h2>${content}</section>`;
  }
}

const wall = (pairs) => html`<div class="wall">${pairs.map(([title, content]) => html`<figure><h3>${title}</h3>${content}</figure>`)}</div>`;

const swatch = (name) => html`<span class="swatch"><svg width="92" height="48" role="img" aria-label=${name}><rect width="92" height="48" fill=${`var(--${name})`} /></svg>${name}</span>`;

const messageOf = ({ event, own = false, status = null, pressed = new Set(), error }) => html`<baton-message
  .event=${event}
  ?own=${own}
  status=${status ?? ""}
  .pressed=${pressed}
  .error=${error}
></baton-message>`;

const buttonsRow = html`<div class="row">
  ${["", "primary", "soft", "quiet", "danger", "small"].map((kind) => html`<button type="button" class="button ${kind}">${kind || "button"}</button>`)}
  <button type="button" class="button primary" disabled>disabled</button>
  <button type="button" class="icon-button" aria-label="close">${icon("close")}</button>
</div>`;

const pillsRow = html`<div class="row">${["", "accent", "agent", "ok", "warn", "danger"].map((kind) => html`<span class="pill ${kind}">${kind || "pill"}</span>`)}</div>`;

customElements.define("baton-patterns", PatternsPage);
