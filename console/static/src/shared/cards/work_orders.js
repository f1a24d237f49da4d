/* What somebody looks into for the customer: number, since when, until when, and what came of it. */
import { html, nothing } from "lit";
import { dayAndTime } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";

export class WorkOrdersCard extends CardElement {
  render() {
    return html`<article class="card" aria-label=${t("card.work_orders")}>
      <header>${icon("clock")}<h3>${t("card.work_orders")}</h3></header>
      ${this.card.items.map((item) => this.#item(item))}
    </article>`;
  }

  #item(item) {
    const due = item.due_at ? html`<p class="tiny muted">${t("card.due", { at: dayAndTime(item.due_at) })}</p>` : nothing;
    const result = item.result ? html`<p class="break">${item.result}</p>` : nothing;
    return html`<div class="body">
      <p class="break"><b>${item.kind_label}</b> · ${item.state_label}</p>
      <p class="tiny muted break">${item.work_order_no} · ${dayAndTime(item.opened_at)}</p>
      ${due}${result}
    </div>`;
  }
}

customElements.define("baton-work-orders-card", WorkOrdersCard);
