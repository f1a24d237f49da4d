// Appears while a reply asks for something that is known: the agent reads the answer instead of asking again.
import { css, html } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";

export class KnownBar extends DeskElement {
  static properties = { known: { attribute: false } };
  static styles = [
    ...DeskElement.styles,
    css`
      :host {
        display: block;
      }
      .bar {
        display: flex;
        align-items: baseline;
        gap: var(--s-2);
        padding: 5px var(--s-3);
        border-radius: var(--r-m);
        background: var(--warn-soft);
        color: var(--warn-ink);
        font-size: var(--f-s);
      }
      .bar svg {
        flex: none;
        align-self: center;
      }
      .words {
        overflow-wrap: anywhere;
      }
      b {
        font-weight: 600;
      }
    `,
  ];

  render() {
    const answers = this.known.map(({ label, shown }, index) => html`${index ? " · " : ""}${label} <b>${shown}</b>`);
    return html`<div class="bar" role="status">
      ${icon("shield", 15)}<span class="words">${t("known_bar.told")}${answers}</span>
    </div>`;
  }
}
customElements.define("known-bar", KnownBar);
