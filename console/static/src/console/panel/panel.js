// The right column: what has been handed over comes first, then what is known, promised, bought and was said before.
import { css, html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { namedFacts } from "../model/facts.js";
import { skeletonRows, skeletonStyles } from "../shell/skeleton.js";
import "./brief.js";
import "./context_card.js";
import "./open_steps.js";
import "./orders.js";
import "./person.js";
import "./promises.js";
import "./timeline.js";
import "./work_orders.js";

export class CustomerPanel extends DeskElement {
  static styles = [
    ...DeskElement.styles,
    skeletonStyles,
    css`
      :host {
        display: block;
        overflow-y: auto;
        overscroll-behavior: contain;
        background: var(--surface);
      }
      .top {
        position: sticky;
        z-index: 1;
        top: 0;
        display: none;
        justify-content: space-between;
        align-items: center;
        padding: var(--s-2) var(--s-2) var(--s-2) var(--s-4);
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      .none {
        display: grid;
        justify-items: center;
        gap: var(--s-2);
        padding: var(--s-7) var(--s-4);
        color: var(--text-soft);
        font-size: var(--f-s);
        text-align: center;
      }
      @media (max-width: 1099px) {
        .top {
          display: flex;
        }
      }
    `,
  ];

  render() {
    const { open } = this.desk;
    return html`<div class="top">
        <b>${t("panel.label")}</b
        ><button class="icon-button" aria-label=${t("action.close")} @click=${this.#close}>${icon("close")}</button>
      </div>
      ${open ? this.#content(open) : html`<p class="none">${icon("person", 28)}${t("panel.none")}</p>`}`;
  }

  #content({ details, detailsState, id }) {
    if (detailsState === "loading") return skeletonRows(6);
    if (detailsState === "error") return this.#failed();
    const { brief, context_card, promises, orders, timeline, customer, work_orders: workOrders } = details;
    const openSteps = details.open_steps;
    return html`${brief ? html`<handoff-brief .brief=${brief} .orders=${orders}></handoff-brief>` : nothing}
      ${
        waits(openSteps)
          ? html`<customer-open-steps
              .desk=${this.desk}
              .openSteps=${openSteps}
              .conversationId=${id}></customer-open-steps>`
          : nothing
      }
      <customer-person .desk=${this.desk} .customer=${customer}></customer-person>
      <context-card
        .card=${{ ...context_card, facts: namedFacts(context_card.facts, orders) }}
        .reasked=${details.case?.reask_count ?? 0}></context-card>
      <customer-promises .desk=${this.desk} .promises=${promises} .conversationId=${id}></customer-promises>
      ${
        workOrders?.length
          ? html`<customer-work-orders
              .desk=${this.desk}
              .workOrders=${workOrders}
              .promises=${promises}
              .orders=${orders}
              .conversationId=${id}></customer-work-orders>`
          : nothing
      }
      <customer-orders
        .desk=${this.desk}
        .orders=${orders}
        .conversationId=${id}
        ?down=${details.orders_down}></customer-orders>
      <customer-timeline .timeline=${timeline} .openId=${id}></customer-timeline>`;
  }

  #failed() {
    return html`<div class="none" role="alert">
      ${icon("offline", 28)}${t("panel.failed")}
      <button class="button small" @click=${() => this.desk.open.loadDetails()}>${t("action.retry")}</button>
    </div>`;
  }

  #close() {
    this.dispatchEvent(new CustomEvent("toggle-panel", { bubbles: true, composed: true }));
  }
}
/** Does anything wait for a person? */
const waits = (openSteps) => Object.values(openSteps ?? {}).some((entries) => entries.length > 0);
customElements.define("customer-panel", CustomerPanel);
