// The customer's orders, newest first: enough to answer, one click to send as a card.
import { html, nothing } from "lit";
import { conversationPath } from "../model/api.js";
import { day, money } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { toneOf } from "../../shared/cards/card_element.js";
import "../../shared/cards/thumb.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { failureWords } from "../model/commands.js";
import { sectionStyles } from "./section_styles.js";
import { ordersStyles } from "./orders_styles.js";

const SHOWN_AT_FIRST = 3;

export class CustomerOrders extends DeskElement {
  static properties = {
    orders: { attribute: false },
    conversationId: {},
    down: { type: Boolean },
    all: { state: true },
    sending: { state: true },
  };
  static styles = [...DeskElement.styles, sectionStyles, ordersStyles];

  render() {
    const orders = this.orders ?? [];
    const shown = this.all ? orders : orders.slice(0, SHOWN_AT_FIRST);
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("order", 16)}
        <h3 id="h">${t("panel.orders")}</h3>
        <span class="n">${orders.length || ""}</span>
      </div>
      ${shown.length > 0 ? shown.map((order) => this.#order(order)) : html`<p class="soft">${t(this.down ? "panel.orders_down" : "panel.no_orders")}</p>`}
      ${
        shown.length < orders.length
          ? html`<button
              class="button small"
              @click=${() => {
                this.all = true;
              }}>
              ${t("panel.all_orders", { n: orders.length })}
            </button>`
          : nothing
      }
    </section>`;
  }

  #order(order) {
    const parcels = (order.parcels ?? []).map((parcel) => `${parcel.carrier} ${parcel.waybill_no}`).join("、");
    return html`<article>
      <div class="no">
        <b class="break">${order.order_no}</b><span class="pill ${toneOf(order.status)}">${order.status_label}</span>
        ${order.seller_type === "third_party" ? html`<span class="pill">${t("card.third_party")}</span>` : nothing}
      </div>
      ${order.lines.map(
        (line) =>
          html`<div class="goods">
            <baton-thumb .src=${line.image}></baton-thumb>
            <p title=${line.title}>${line.title}<br /><span class="soft">${line.variant}</span></p>
            <span class="end">${money(line.unit_fen)}<br /><span class="soft">×${line.quantity}</span></span>
          </div>`,
      )}
      <div class="foot soft">
        <span>${day(order.placed_at)} · ${order.store_name}</span
        >${parcels ? html`<span class="break">${parcels}</span>` : nothing}
        ${this.desk.isMine ? html`<button class="button small" ?disabled=${this.sending === order.order_no} @click=${() => this.#send(order.order_no)}>${icon("send", 13)}${t("panel.send_card")}</button>` : nothing}
      </div>
    </article>`;
  }

  async #send(orderNo) {
    this.sending = orderNo;
    const body = { type: "order", order_no: orderNo };
    await this.desk.api.post(conversationPath(this.conversationId, "cards"), body).then(
      () => this.desk.say("card_dialog.sent", {}, "good"),
      (error) => this.desk.say(...failureWords(error), "bad"),
    );
    this.sending = null;
  }
}
customElements.define("customer-orders", CustomerOrders);
