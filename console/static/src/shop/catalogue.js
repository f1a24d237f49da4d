/* The grid of products, filtered by category. */
import { LitElement, html, nothing } from "lit";
import { base, buttons, pills } from "../shared/base_styles.js";
import { money } from "../shared/format.js";
import { LangController, t } from "../shared/i18n.js";
import { sellerPill, stockNote, tile } from "./product_tile.js";
import { catalogueStyles, tileStyles } from "./shop_styles.js";

export class Catalogue extends LitElement {
  static properties = { products: { attribute: false }, category: { state: true } };
  static styles = [base, buttons, pills, tileStyles, catalogueStyles];

  constructor() {
    super();
    new LangController(this);
    this.category = null;
  }

  render() {
    const shown = this.products.filter((one) => !this.category || one.category === this.category);
    return html`<section class="intro">
        <h1>${t("shop.tagline")}</h1>
        <p class="muted">${t("shop.services")}</p>
      </section>
      ${this.#filters()}
      <p class="visually-hidden" role="status">${t("shop.count", { n: shown.length })}</p>
      <ul class="grid">${shown.map((one) => this.#card(one))}</ul>`;
  }

  #filters() {
    const categories = [...new Set(this.products.map((one) => one.category).filter(Boolean))];
    if (categories.length < 2) return nothing;
    return html`<div class="filters" role="group" aria-label=${t("shop.catalogue")}>
      ${[null, ...categories].map((one) => this.#filter(one))}
    </div>`;
  }

  #filter(category) {
    return html`<button type="button" aria-pressed=${String(this.category === category)} @click=${() => (this.category = category)}>
      ${category ? t(`category.${category}`) : t("shop.all")}
    </button>`;
  }

  #card(product) {
    return html`<li>
      <a href="#/product/${encodeURIComponent(product.product_id)}">
        ${tile(product)}
        <span class="text">
          <span class="title">${product.title}</span>
          ${product.point || product.reason ? html`<span class="point">${product.point || product.reason}</span>` : nothing}
          <span class="bottom"><b class="price">${money(product.price_fen)}</b>${stockNote(product)}${sellerPill(product)}</span>
        </span>
      </a>
    </li>`;
  }
}

customElements.define("shop-catalogue", Catalogue);
