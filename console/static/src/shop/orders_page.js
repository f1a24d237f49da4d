/* The orders of the signed-in demo customer, each with the way to ask about it. */
import { LitElement, html } from "lit";
import { base, buttons } from "../shared/base_styles.js";
import "../shared/cards/order.js";
import { LangController, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { fetchOrders } from "./shop_api.js";
import { ordersStyles } from "./shop_styles.js";
import { ask } from "./shopper.js";

export class OrdersPage extends LitElement {
  static properties = { jwt: { attribute: false }, lang: { attribute: false }, orders: { state: true }, problem: { state: true } };
  static styles = [base, buttons, ordersStyles];

  constructor() {
    super();
    new LangController(this);
  }

  willUpdate(changed) {
    if (changed.has("jwt")) this.#load();
  }

  render() {
    return html`<h1>${t("shop.orders")}</h1>${this.#content()}`;
  }

  #content() {
    if (!this.jwt) return html`<div class="quiet"><p><b>${t("shop.sign_in_first")}</b></p><p>${t("shop.sign_in_hint")}</p></div>`;
    if (this.problem) return html`<p class="quiet" role="alert">${t("shop.failed")} <button type="button" class="button small" @click=${this.#load}>${t("shop.retry")}</button></p>`;
    if (!this.orders) return html`<p class="quiet" role="status">${t("shop.loading")}</p>`;
    if (this.orders.length === 0) return html`<p class="quiet">${t("shop.no_orders")}</p>`;
    return html`<ul class="orders">${this.orders.map((order) => this.#order(order))}</ul>`;
  }

  #order(order) {
    return html`<li>
      <baton-order-card .card=${order}></baton-order-card>
      <button type="button" class="button soft" @click=${() => ask({ order_no: order.order_no })}>${icon("chat")}${t("shop.ask_order")}</button>
    </li>`;
  }

  async #load() {
    const { jwt } = this;
    Object.assign(this, { orders: null, problem: null });
    if (!jwt) return;
    try {
      const orders = await fetchOrders(jwt, this.lang);
      if (jwt === this.jwt) this.orders = orders;
    } catch (error) {
      if (jwt === this.jwt) this.problem = error;
    }
  }
}

customElements.define("shop-orders", OrdersPage);
