// What waits for a person about this customer: price claims above the bot's limit, requests on file,
// trade-ins. Everybody sees how it stands; the steps are for who may approve and holds the conversation.
import { css, html, nothing } from "lit";
import { dayAndTime, money } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import "./due_clock.js";
import { rowStyles, sectionStyles } from "./section_styles.js";
import { inline, stepButtons, stepStyles } from "./steps.js";

export class CustomerOpenSteps extends DeskElement {
  static properties = { openSteps: { attribute: false }, conversationId: {} };
  static styles = [
    ...DeskElement.styles,
    sectionStyles,
    rowStyles,
    stepStyles,
    css`
      h4 {
        margin-top: var(--s-2);
        color: var(--text-soft);
        font-size: var(--f-xs);
        font-weight: 600;
      }
      li {
        display: grid;
        gap: 1px;
      }
      .amount {
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  render() {
    const { price_claims: claims = [], after_sale: requests = [], trade_ins: tradeIns = [] } = this.openSteps;
    const n = claims.length + requests.length + tradeIns.length;
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("alert", 16)}
        <h3 id="h">${t("steps.heading")}</h3>
        <span class="n">${n}</span>
      </div>
      ${this.#whoMay()}${this.#group("steps.claims", claims, (one) => this.#claim(one))}
      ${this.#group("steps.requests", requests, (one) => this.#request(one))}
      ${this.#group("steps.trade_ins", tradeIns, (one) => this.#tradeIn(one))}
    </section>`;
  }

  get #mayApprove() {
    return this.desk.me.permissions.includes("approve");
  }

  #whoMay() {
    if (this.#mayApprove && this.desk.isMine) return nothing;
    return html`<p class="soft">${t(this.#mayApprove ? "steps.hold_first" : "steps.lead_only")}</p>`;
  }

  #group(heading, entries, row) {
    if (entries.length === 0) return nothing;
    return html`<h4>${t(heading)}</h4>
      <ul>
        ${entries.map(row)}
      </ul>`;
  }

  #claim(one) {
    const { title, order_no: no, paid_unit_fen: paid, current_unit_fen: now, claim_fen: fen, approved_by: first } = one;
    const prices = now === null ? money(paid) : t("steps.fell", { paid: money(paid), now: money(now) });
    return html`<li>
      <div class="line"><b>${title}</b><span class="amount">${money(fen)}</span></div>
      <p class="soft break">${inline([no, prices])}</p>
      <p class="soft break">${one.reason}</p>
      ${this.#firstYes(first, fen)} ${this.#foot("price_claim", one)}
    </li>`;
  }

  #request(one) {
    const { kind_label: kind, state_label: state, rma_no: no, title, quantity, refund_fen: fen } = one;
    const facts = [
      `${title}${quantity > 1 ? ` ×${quantity}` : ""}`,
      one.reason_label,
      one.photos > 0 && t("steps.photos", { n: one.photos }),
    ];
    return html`<li>
      <div class="line">
        <b>${kind}${fen > 0 ? html` <span class="amount">${money(fen)}</span>` : nothing}</b
        ><span class="pill">${state}</span>
      </div>
      <p class="soft break">${no} · ${one.order_no}</p>
      <p class="break">${inline(facts.filter(Boolean))}</p>
      ${this.#firstYes(one.approved_by, one.approved_fen)} ${this.#foot("after_sale", one)}
    </li>`;
  }

  #tradeIn(one) {
    const { trade_in_no: no, items, low_fen: low, high_fen: high, final_fen: final, pickup_label: pickup } = one;
    const value =
      final === null
        ? t("steps.range", { low: money(low), high: money(high) })
        : t("steps.checked", { amount: money(final), low: money(low), high: money(high) });
    return html`<li>
      <div class="line"><b>${items.map((item) => item.model).join("、")}</b><span class="pill">${one.state_label}</span></div>
      <p class="soft break">${inline([no, pickup && t("steps.pickup", { at: pickup })].filter(Boolean))}</p>
      <p class="break">${value}</p>
      ${items.map((item) => html`<p class="soft break">${looksOf(item)}</p>`)}
      ${this.#firstYes(one.approved_by, one.approved_fen)} ${this.#foot("trade_in", one)}
    </li>`;
  }

  #firstYes(name, fen) {
    if (!name) return nothing;
    return html`<p class="soft">${icon("check", 12)} ${t("steps.first_yes", { name, amount: money(fen) })}</p>`;
  }

  #foot(kind, one) {
    const due = one.due_at ? html`<span><due-clock .due=${one.due_at}></due-clock></span>` : nothing;
    const filed = !one.due_at && one.filed_at ? html`<p class="soft">${t("steps.filed", { at: dayAndTime(one.filed_at) })}</p>` : nothing;
    return html`${due}${filed}${this.desk.isMine ? stepButtons(this.desk, this.conversationId, kind, one) : nothing}`;
  }
}
customElements.define("customer-open-steps", CustomerOpenSteps);

/** An old thing as it was described: kind, age, looks, does it work. */
const looksOf = ({ category_label: category, age_label: age, looks_label: looks, works }) =>
  [category, age, looks, t(works ? "steps.works" : "steps.broken")].filter(Boolean).join(" · ");
