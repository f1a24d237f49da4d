/* One product, and the way to ask about it. */
import { LitElement, html, nothing } from "lit";
import { base, buttons, pills } from "../shared/base_styles.js";
import { money } from "../shared/format.js";
import { LangController, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { isSoldOut, sellerPill, tile } from "./product_tile.js";
import { productStyles, tileStyles } from "./shop_styles.js";
import { ask } from "./shopper.js";

export class ProductPage extends LitElement {
  static properties = { product: { attribute: false } };
  static styles = [base, buttons, pills, tileStyles, productStyles];

  constructor() {
    super();
    new LangController(this);
  }

  render() {
    const { product } = this;
    return html`<a class="back" href="#/">${icon("left", 16)}${t("shop.back")}</a>
      <article>
        ${tile(product)}
        <div class="facts">
          <p>${sellerPill(product)}</p>
          <h1>${product.title}</h1>
          ${product.point || product.reason ? html`<p class="muted">${product.point || product.reason}</p>` : nothing}
          <p class="price">${money(product.price_fen)}</p>
          <p class="small muted">${t(isSoldOut(product) ? "shop.sold_out" : "shop.in_stock")} · ${t("shop.services")}</p>
          <button type="button" class="button primary" @click=${() => ask({ product_id: product.product_id, title: product.title })}>
            ${icon("chat")}${t("shop.ask_product")}
          </button>
        </div>
      </article>`;
  }
}

customElements.define("shop-product", ProductPage);
