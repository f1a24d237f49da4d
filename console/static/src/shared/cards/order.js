/* One order, and a list of orders to choose from. */
import { css, html, nothing } from "lit";
import { day, dayAndTime, money } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement, toneOf } from "./card_element.js";
import "./thumb.js";

const lineStyles = css`
  .goods {
    display: grid;
    gap: var(--s-3);
  }
  .line {
    display: flex;
    gap: var(--s-3);
    align-items: flex-start;
  }
  .line .what {
    flex: 1;
    min-width: 0;
  }
  .line .title {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .line .price {
    text-align: end;
  }
  .no {
    font-family: var(--font-figures);
    font-size: var(--f-s);
  }
`;

/** One line of goods, as in an order. */
export function orderLine(line) {
  return html`<li class="line">
    <baton-thumb .src=${line.image}></baton-thumb>
    <div class="what">
      <p class="title">${line.title}</p>
      ${line.variant ? html`<p class="small muted">${line.variant}</p>` : nothing}
    </div>
    <div class="price small">
      <p class="amount">${money(line.unit_fen)}</p>
      <p class="muted figures">×${line.quantity}</p>
    </div>
  </li>`;
}

const statusPill = (order) => html`<span class="pill push ${toneOf(order.status)}">${order.status_label}</span>`;

const seller = (order) =>
  html`${order.store_name ?? ""}${order.seller_type === "third_party"
    ? html` <span class="pill">${t("card.third_party")}</span>`
    : nothing}`;

export class OrderCard extends CardElement {
  static styles = [...CardElement.styles, lineStyles];

  render() {
    const order = this.card;
    return html`<article class="card" aria-label=${t("card.order_label", { no: order.order_no })}>
      <header>${icon("order")}<h3 class="no break">${order.order_no}</h3>${statusPill(order)}</header>
      <div class="body">
        <p class="small muted">${seller(order)}</p>
        <ul class="goods">${order.lines.map(orderLine)}</ul>
        ${this.#parcels(order)}
      </div>
      <footer>
        <span class="muted">${t("card.placed_at", { at: dayAndTime(order.placed_at) })}</span>
        <span>${t("card.total")} <b class="amount">${money(order.total_fen)}</b></span>
      </footer>
    </article>`;
  }

  #parcels(order) {
    const promised = order.promised_at
      ? html`<p class="small">${t("card.promised_at", { at: day(order.promised_at) })}</p>`
      : nothing;
    const parcels = (order.parcels ?? []).map(
      (parcel) => html`<p class="small muted break">${parcel.carrier} ${parcel.waybill_no} · ${parcel.status_label}</p>`,
    );
    return html`${parcels}${promised}`;
  }
}

export class OrderListCard extends CardElement {
  static styles = [
    ...CardElement.styles,
    lineStyles,
    css`
      .orders > li + li {
        border-top: 1px solid var(--line);
      }
      .orders > li {
        display: grid;
        gap: var(--s-1);
        padding: var(--s-3) var(--s-4);
      }
      .pics {
        display: flex;
        gap: var(--s-3);
        align-items: center;
      }
    `,
  ];

  render() {
    return html`<section class="card" aria-label=${t("card.order_list")}>
      <header>${icon("order")}<h3>${t("card.order_list")}</h3></header>
      <ul class="orders">${this.card.orders.map((order) => this.#row(order))}</ul>
    </section>`;
  }

  #row(order) {
    const [first] = order.lines;
    const more = order.lines.length > 1 ? t("card.and_more", { n: order.lines.length }) : "";
    return html`<li>
      <div class="pair"><span class="no break">${order.order_no}</span>${statusPill(order)}</div>
      <div class="line pics">
        <baton-thumb .src=${first?.image}></baton-thumb>
        <div class="what"><p class="title">${first?.title}</p><p class="tiny muted">${day(order.placed_at)} ${more}</p></div>
        <b class="amount small">${money(order.total_fen)}</b>
      </div>
    </li>`;
  }
}

customElements.define("baton-order-card", OrderCard);
customElements.define("baton-order-list-card", OrderListCard);
