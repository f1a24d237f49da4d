// The list above the composer while a draft begins with "/". The composer owns the keys; this only shows.
import { css, html } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";

export class CannedMenu extends DeskElement {
  static properties = { responses: { attribute: false }, active: { type: Number } };
  static styles = [
    ...DeskElement.styles,
    css`
      :host {
        display: block;
        max-height: 260px;
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: var(--r-m);
        background: var(--raised);
        box-shadow: var(--shadow-2);
      }
      [role="option"] {
        display: grid;
        grid-template-columns: minmax(5em, max-content) minmax(0, 1fr) auto;
        gap: var(--s-3);
        align-items: baseline;
        padding: 7px var(--s-3);
        font-size: var(--f-s);
        cursor: pointer;
      }
      [role="option"]:hover,
      [aria-selected="true"] {
        background: var(--accent-soft);
      }
      b {
        font-weight: 600;
      }
      .text {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--text-soft);
      }
      kbd {
        color: var(--text-soft);
        font: 11px var(--font-figures);
      }
      p {
        padding: var(--s-3);
        color: var(--text-soft);
        font-size: var(--f-s);
      }
    `,
  ];

  render() {
    if (this.responses.length === 0) return html`<p>${t("canned.none")}</p>`;
    return html`<div role="listbox" aria-label=${t("canned.title")}>
      ${this.responses.map((response, index) => this.#option(response, index))}
    </div>`;
  }

  updated() {
    this.$('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  #option(response, index) {
    // mousedown, not click: the text field must keep the focus.
    return html`<div
      role="option"
      id="canned-${index}"
      aria-selected=${index === this.active}
      @mousedown=${(event) => this.#choose(event, response)}>
      <b>${response.title}</b><span class="text">${response.text}</span><kbd>${response.keys?.at(-1) ?? ""}</kbd>
    </div>`;
  }

  #choose(event, response) {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("choose", { detail: response }));
  }
}
customElements.define("canned-menu", CannedMenu);
