// What the desk looks into for this customer: number, kind, state and the time that was promised.
import { css, html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import "./due_clock.js";
import { rowStyles, sectionStyles } from "./section_styles.js";

export class CustomerWorkOrders extends DeskElement {
  static properties = { workOrders: { attribute: false } };
  static styles = [
    ...DeskElement.styles,
    sectionStyles,
    rowStyles,
    css`
      p {
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
    `,
  ];

  render() {
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("promise", 16)}
        <h3 id="h">${t("work_orders.heading")}</h3>
        <span class="n">${this.workOrders.length}</span>
      </div>
      <ul>
        ${this.workOrders.map((order) => this.#order(order))}
      </ul>
    </section>`;
  }

  #order({ work_order_no: no, kind_label: kind, state, severity, text, due_at: dueAt, order_no: orderNo }) {
    const notes = [no, orderNo, severity ? t("work_order.severity", { n: severity }) : null].filter(Boolean).join(" · ");
    return html`<li>
      <div class="line">
        <b>${kind}</b>
        ${state === "open" && dueAt ? html`<due-clock .due=${dueAt}></due-clock>` : nothing}
        <span class="pill">${t(`work_order.${state}`)}</span>
      </div>
      <p class="soft">${notes}</p>
      <p>${text}</p>
    </li>`;
  }
}
customElements.define("customer-work-orders", CustomerWorkOrders);
