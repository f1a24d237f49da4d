/* How far a refund has come, step by step. */
import { html, nothing } from "lit";
import { dayAndTime, money } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";
import { trackStyles } from "./track_styles.js";

export class RefundProgressCard extends CardElement {
  static styles = [...CardElement.styles, trackStyles];

  render() {
    const card = this.card;
    const heading = card.heading ?? t("card.refund_progress");
    const amount = card.amount_fen === null ? nothing : html`<b class="amount push">${money(card.amount_fen)}</b>`;
    return html`<article class="card" aria-label=${heading}>
      <header>${icon("coin")}<h3>${heading}</h3>${amount}</header>
      <div class="body">
        <p class="break">${card.title}</p>
        <p class="tiny muted break">${card.order_no}${card.rma_no ? ` · ${card.rma_no}` : ""}</p>
        <ol class="track">${card.steps.map((step) => this.#step(step))}</ol>
      </div>
      ${card.arrival ? html`<footer><span>${card.arrival}</span></footer>` : nothing}
    </article>`;
  }

  #step(step) {
    const state = step.current ? "current" : step.done ? "done" : "";
    return html`<li class=${state} aria-current=${step.current ? "step" : nothing}>
      <p>${step.label}${step.done && !step.current ? html`<span class="visually-hidden"> ${t("card.step_done")}</span>` : nothing}</p>
      ${step.at ? html`<p class="tiny muted">${dayAndTime(step.at)}</p>` : nothing}
    </li>`;
  }
}

customElements.define("baton-refund-progress-card", RefundProgressCard);
