/* How a product is shown: drawn by category when the shop has no photograph. */
import { html, nothing } from "lit";
import { t } from "../shared/i18n.js";

const TINTS = 6;

/** Same product, same ground colour. */
const tintOf = (id) => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % TINTS;

export const pictureOf = (product) => product.image || `/art/${product.category ?? "digital"}.svg`;

export function tile(product) {
  return html`<span class="tile tint-${tintOf(product.product_id)}"><img src=${pictureOf(product)} alt="" loading="lazy" /></span>`;
}

export const isSoldOut = (product) => product.stock === 0;

export function sellerPill(product) {
  return product.seller_type === "third_party"
    ? html`<span class="pill">${product.store_name || t("card.third_party")}</span>`
    : html`<span class="pill accent">${t("shop.self")}</span>`;
}

export const stockNote = (product) => (isSoldOut(product) ? html`<span class="pill warn">${t("shop.sold_out")}</span>` : nothing);
