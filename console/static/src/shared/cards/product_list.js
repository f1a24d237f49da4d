/* Products that fit a question, each with the reason why. */
import { css, html, nothing } from "lit";
import { money } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";
import "./thumb.js";

export class ProductListCard extends CardElement {
  static styles = [
    ...CardElement.styles,
    css`
      li {
        display: flex;
        gap: var(--s-3);
        padding: var(--s-3) var(--s-4);
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      baton-thumb {
        width: 64px;
      }
      .what {
        display: grid;
        flex: 1;
        gap: 2px;
        min-width: 0;
      }
      .price {
        color: var(--price);
      }
    `,
  ];

  render() {
    return html`<section class="card" aria-label=${t("card.products")}>
      ${this.card.products.length > 1 ? html`<header>${icon("bag")}<h3>${t("card.products")}</h3></header>` : nothing}
      <ul>${this.card.products.map((product) => this.#product(product))}</ul>
    </section>`;
  }

  #product(product) {
    return html`<li>
      <baton-thumb .src=${product.image}></baton-thumb>
      <div class="what">
        <p class="break">${product.title}</p>
        ${product.reason ? html`<p class="small muted">${product.reason}</p>` : nothing}
        <div class="pair"><b class="amount price">${money(product.price_fen)}</b><span class="tiny muted">${product.stock_label ?? ""}</span></div>
      </div>
    </li>`;
  }
}

customElements.define("baton-product-list-card", ProductListCard);
