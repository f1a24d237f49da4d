/* A return before or after it is filed: what, why, how, and how the amount comes about. */
import { css, html, nothing } from "lit";
import { money } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";

export class ReturnSummaryCard extends CardElement {
  static styles = [
    ...CardElement.styles,
    css`
      .facts {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--s-1) var(--s-4);
        font-size: var(--f-s);
      }
      dt {
        color: var(--text-soft);
      }
      .sum {
        display: grid;
        gap: var(--s-1);
        padding-top: var(--s-3);
        border-top: 1px solid var(--line);
        font-size: var(--f-s);
      }
      .refund {
        font-size: var(--f-l);
      }
    `,
  ];

  render() {
    const card = this.card;
    return html`<article class="card" aria-label=${t("card.return")}>
      <header>${icon("back")}<h3>${t("card.return")}</h3>${card.state_label ? html`<span class="pill accent push">${card.state_label}</span>` : nothing}</header>
      <div class="body">
        <p class="break"><b>${card.title}</b> <span class="muted figures">×${card.quantity}</span></p>
        <dl class="facts">${this.#facts().map(([label, value]) => html`<dt>${label}</dt><dd class="break">${value}</dd>`)}</dl>
        ${this.#sum()}
      </div>
      ${card.freight_note ? html`<footer><span>${card.freight_note}</span></footer>` : nothing}
    </article>`;
  }

  #facts() {
    const card = this.card;
    const rows = [
      [t("card.rma_no"), card.rma_no],
      [t("card.order_no"), card.order_no],
      [t("card.reason"), card.reason_label],
      [t("card.condition"), card.condition_label],
      [t("card.way"), card.way_label],
      [t("card.pickup"), card.pickup_label],
      [t("card.photos"), card.photos > 0 ? t("card.photos_n", { n: card.photos }) : ""],
    ];
    return rows.filter(([, value]) => value);
  }

  #sum() {
    const { breakdown = [], refund_fen: refund } = this.card;
    return html`<div class="sum">
      ${breakdown.map((part) => html`<p class="pair"><span class="muted">${part.label}</span><span class="amount">${money(part.amount_fen)}</span></p>`)}
      <p class="pair refund"><span>${t("card.refund")}</span><b class="amount">${money(refund)}</b></p>
    </div>`;
  }
}

customElements.define("baton-return-summary-card", ReturnSummaryCard);
