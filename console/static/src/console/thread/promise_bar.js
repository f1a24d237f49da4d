// Appears while a reply contains a promise: confirm it with one key, or ignore it.
import { css, html } from "lit";
import { dayAndTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";

export class PromiseBar extends DeskElement {
  static properties = { found: { attribute: false }, kept: { type: Boolean } };
  static styles = [
    ...DeskElement.styles,
    css`
      :host {
        display: block;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s-1) var(--s-2);
        padding: 5px var(--s-2) 5px var(--s-3);
        border-radius: var(--r-m);
        background: var(--warn-soft);
        color: var(--warn-ink);
        font-size: var(--f-s);
      }
      .bar.kept {
        background: var(--ok-soft);
        color: var(--ok-ink);
      }
      .words {
        flex: 1 1 16em;
      }
      kbd {
        padding: 0 5px;
        border: 1px solid currentColor;
        border-radius: 4px;
        font: 11px/16px var(--font-figures);
      }
    `,
  ];

  render() {
    const { phrase, dueAt } = this.found;
    if (this.kept)
      return html`<div class="bar kept" role="status">
        ${icon("check", 15)}<span class="words">${t("promise_bar.will_keep", { at: dayAndTime(dueAt) })}</span
        >${this.#button("drop", "promise_bar.drop")}
      </div>`;
    if (!dueAt)
      return html`<div class="bar" role="status">
        ${icon("alert", 15)}<span class="words">${t("promise_bar.no_time", { phrase })}</span
        >${this.#button("time", "promise_bar.set_time")}
      </div>`;
    return html`<div class="bar" role="status">
      ${icon("clock", 15)}<span class="words">${t("promise_bar.found", { phrase, at: dayAndTime(dueAt) })}</span>
      ${this.#button("keep", "promise_bar.keep", html`<kbd>Alt P</kbd>`)}${this.#button("time", "promise_bar.other_time")}
    </div>`;
  }

  #button(name, key, hint = "") {
    return html`<button class="button small" @click=${() => this.dispatchEvent(new Event(name))}>
      ${t(key)} ${hint}
    </button>`;
  }
}
customElements.define("promise-bar", PromiseBar);
