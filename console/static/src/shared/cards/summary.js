/* What a form is about to do, line by line, before the customer says yes. */
import { css, html, nothing } from "lit";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";
import { shownLines } from "./summary_lines.js";

export class SummaryCard extends CardElement {
  static styles = [
    ...CardElement.styles,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(4em, max-content) 1fr;
        gap: var(--s-1) var(--s-4);
        margin: 0;
        font-size: var(--f-s);
      }
      dt {
        color: var(--text-soft);
      }
      dd {
        margin: 0;
        white-space: pre-line;
      }
    `,
  ];

  render() {
    const { heading, note } = this.card;
    return html`<article class="card" aria-label=${heading}>
      <header>${icon("order")}<h3>${heading}</h3></header>
      <div class="body">
        <dl>${shownLines(this.card).map(({ label, value, isAmount }) => html`<dt>${label}</dt><dd class="break ${isAmount ? "amount" : ""}">${value}</dd>`)}</dl>
      </div>
      ${note ? html`<footer><span>${note}</span></footer>` : nothing}
    </article>`;
  }
}

customElements.define("baton-summary-card", SummaryCard);
