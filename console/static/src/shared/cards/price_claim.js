/* What price protection pays, item by item, and why an item earns nothing. */
import { css, html, nothing } from "lit";
import { money } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";

const TONES = { PAID: "ok", AUDIT: "warn" };
const MAY_STILL_EARN = new Set(["PAID", "NO_DROP", "NO_STOCK", "LIMIT"]);

export class PriceClaimCard extends CardElement {
  static styles = [
    ...CardElement.styles,
    css`
      .total {
        color: var(--price);
        font-size: var(--f-xl);
        line-height: 1.2;
      }
      ul {
        display: grid;
        gap: var(--s-3);
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 2px var(--s-3);
        padding-top: var(--s-3);
        border-top: 1px solid var(--line);
      }
      .figures {
        grid-column: 1 / -1;
      }
      .reason {
        display: flex;
        grid-column: 1 / -1;
        gap: var(--s-1);
        align-items: baseline;
        color: var(--text-soft);
        font-size: var(--f-s);
      }
      .reason svg {
        align-self: center;
      }
      .PAID {
        color: var(--ok-ink);
      }
      .AUDIT {
        color: var(--warn-ink);
      }
    `,
  ];

  render() {
    const { total_fen: total, items, arrival } = this.card;
    const audit = inAudit(items);
    return html`<article class="card" aria-label=${t("card.price_claim")}>
      <header>${icon("tag")}<h3>${t("card.price_claim")}</h3></header>
      <div class="body">
        ${total > 0 || audit === 0 ? this.#sum("card.claim_total", total) : nothing}
        ${audit > 0 ? this.#sum("card.claim_in_audit", audit) : nothing}
        <ul>${items.map((item) => this.#item(item))}</ul>
      </div>
      ${arrival && total > 0 ? html`<footer><span>${arrival}</span></footer>` : nothing}
    </article>`;
  }

  #sum(label, fen) {
    return html`<div class="pair"><span>${t(label)}</span><b class="amount total">${money(fen)}</b></div>`;
  }

  #item(item) {
    return html`<li>
      <p class="break">${item.title}</p>
      <b class="amount">${money(item.claim_fen)}</b>
      <p class="small muted figures">${t("card.paid_now", { paid: money(item.paid_unit_fen), now: money(item.current_unit_fen) })}</p>
      <p class="reason ${TONES[item.code] ? item.code : ""}">${icon(item.code === "PAID" ? "check" : item.code === "AUDIT" ? "clock" : "minus", 14)}${item.reason ?? t(`claim.${item.code}`)}${this.#days(item)}</p>
    </li>`;
  }

  /** Only where the days that are left are of use: a price may still fall, or come back. */
  #days(item) {
    return item.days_left > 0 && MAY_STILL_EARN.has(item.code) ? html` · ${t("card.days_left", { n: item.days_left })}` : nothing;
  }
}

/** What a colleague has to agree to first; it is no nought to whoever waits for it. */
function inAudit(items) {
  return items.reduce((sum, item) => sum + (item.code === "AUDIT" ? item.claim_fen : 0), 0);
}

customElements.define("baton-price-claim-card", PriceClaimCard);
