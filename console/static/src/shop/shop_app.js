/* The shop's frame: header with navigation and identity, the page of the moment, footer. */
import { LitElement, html } from "lit";
import { base, buttons, pills } from "../shared/base_styles.js";
import { LangController, lang, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import "./catalogue.js";
import "./orders_page.js";
import "./product_page.js";
import { fetchCustomers, fetchProducts } from "./shop_api.js";
import { frameStyles } from "./shop_styles.js";
import { Shopper, ask } from "./shopper.js";

export class BatonShop extends LitElement {
  static properties = {
    place: { state: true },
    products: { state: true },
    customers: { state: true },
    problem: { state: true },
  };
  static styles = [base, buttons, pills, frameStyles];

  constructor() {
    super();
    new LangController(this);
    this.products = null;
    this.customers = [];
    this.shopper = new Shopper();
    this.shopper.addEventListener("change", () => this.requestUpdate());
    this.go = () => (this.place = location.hash.slice(1) || "/");
    this.go();
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("hashchange", this.go);
    this.#load();
    this.shopper.resume();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.go);
  }

  render() {
    return html`<p class="strip">${t("shop.demo")}</p>
      <header>${this.#header()}</header>
      <main id="main">${this.#page()}</main>
      <footer>
        <div>
          <p><b>${t("shop.help")}</b></p>
          <p class="muted">${t("shop.help_text")}</p>
        </div>
        <button type="button" class="button" @click=${() => ask({})}>${icon("chat")}${t("shop.open_chat")}</button>
      </footer>`;
  }

  #header() {
    const isOrders = this.place.startsWith("/orders");
    return html`<a class="brand" href="#/"><span class="mark" aria-hidden="true">${icon("bag", 20)}</span><span>${t("shop.name")}</span></a>
      <nav aria-label=${t("shop.name")}>
        <a href="#/" aria-current=${isOrders ? "false" : "page"}>${t("shop.catalogue")}</a>
        <a href="#/orders" aria-current=${isOrders ? "page" : "false"}>${t("shop.orders")}</a>
      </nav>
      <label class="who">
        ${icon("person", 16)}<span class="visually-hidden">${t("shop.who")}</span>
        <select @change=${this.#become}>
          <option value="" ?selected=${!this.shopper.customerNo}>${t("shop.visitor")}</option>
          ${this.customers.map((one) => html`<option value=${one.customer_no} ?selected=${one.customer_no === this.shopper.customerNo}>${labelOf(one)}</option>`)}
        </select>
      </label>
      <a class="lang" href=${this.#otherLanguage()} lang=${lang() === "en" ? "zh-CN" : "en"}>${t("shop.language")}</a>`;
  }

  #page() {
    const [, page, id] = this.place.split("/");
    if (page === "orders") return html`<shop-orders .jwt=${this.shopper.jwt} .lang=${lang()}></shop-orders>`;
    if (this.problem) return this.#failed();
    if (!this.products) return html`<p class="quiet" role="status">${t("shop.loading")}</p>`;
    const product = page === "product" ? this.products.find((one) => one.product_id === decodeURIComponent(id)) : null;
    if (product) return html`<shop-product .product=${product}></shop-product>`;
    return html`<shop-catalogue .products=${this.products}></shop-catalogue>`;
  }

  #failed() {
    return html`<p class="quiet" role="alert">${t("shop.failed")} <button type="button" class="button small" @click=${this.#load}>${t("shop.retry")}</button></p>`;
  }

  async #load() {
    this.problem = null;
    try {
      [this.products, this.customers] = await Promise.all([fetchProducts(lang()), fetchCustomers(lang())]);
    } catch (error) {
      this.problem = error;
    }
  }

  #become(event) {
    const customerNo = event.target.value;
    if (customerNo) this.shopper.become(customerNo).catch((error) => (this.problem = error));
    else this.shopper.leave();
  }

  #otherLanguage() {
    const query = new URLSearchParams(location.search);
    query.set("lang", lang() === "en" ? "zh" : "en");
    return `?${query}`;
  }
}

const labelOf = ({ name, note, label }) => [name, note ?? label].filter(Boolean).join(" · ");

customElements.define("baton-shop", BatonShop);
