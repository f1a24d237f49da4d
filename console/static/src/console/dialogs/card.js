// Sends an order or a product as a card: the customer's own orders, or a search in the catalogue.
import { html } from "lit";
import { day, money } from "../../shared/format.js";
import { newId } from "../../shared/id.js";
import { t } from "../../shared/i18n.js";
import "../../shared/cards.js";
import { conversationPath } from "../model/api.js";
import { DeskDialog } from "./dialog.js";

const SEARCH_PAUSE_MS = 250;

export class CardDialog extends DeskDialog {
  static properties = { type: {}, chosen: { state: true }, products: { state: true } };

  #timer;
  #key = newId(); // over retries one card
  #searches = 0;

  get heading() {
    return t(`card_dialog.${this.type}`);
  }

  get verb() {
    return t("card_dialog.send");
  }

  get ready() {
    return Boolean(this.chosen);
  }

  fields() {
    return this.type === "order" ? this.#orders() : this.#catalogue();
  }

  submit() {
    return this.desk.api.post(conversationPath(this.conversationId, "cards"), {
      client_msg_id: this.#key,
      type: this.type,
      ...this.chosen,
    });
  }

  #orders() {
    const orders = this.desk.open?.details?.orders ?? [];
    if (orders.length === 0) return html`<p class="nothing">${t("panel.no_orders")}</p>`;
    return html`<div class="list" role="radiogroup" aria-label=${this.heading}>
      ${orders.map((order, index) =>
        this.#option(
          { order_no: order.order_no },
          order.lines[0],
          order.lines.map((line) => line.title).join("、"),
          `${order.order_no} · ${order.status_label} · ${day(order.placed_at)}`,
          order.total_fen,
          index,
        ),
      )}
    </div>`;
  }

  #catalogue() {
    return html`<input
        type="search"
        data-first
        aria-label=${t("card_dialog.search")}
        placeholder=${t("card_dialog.search")}
        @input=${this.#typed} />
      <div class="list" role="radiogroup" aria-label=${this.heading}>${this.#products()}</div>`;
  }

  #products() {
    if (!this.products) return html`<p class="nothing">${t("card_dialog.hint")}</p>`;
    if (this.products.length === 0) return html`<p class="nothing">${t("card_dialog.none")}</p>`;
    return this.products.map((product, index) =>
      this.#option(
        { product_id: product.product_id },
        product,
        product.title,
        product.stock_label,
        product.price_fen,
        index + 1,
      ),
    );
  }

  #option(chosen, { image }, title, below, fen, index) {
    return html`<label class="option"
      ><input type="radio" name="card" ?data-first=${index === 0} @change=${() => this.#choose(chosen)} />
      <baton-thumb .src=${image}></baton-thumb><span class="what"><b>${title}</b><span>${below}</span></span
      ><span class="end">${money(fen)}</span></label
    >`;
  }

  #choose(chosen) {
    this.chosen = chosen;
    this.#key = newId();
  }

  #typed(event) {
    clearTimeout(this.#timer);
    const text = event.target.value; // later the event names the dialog, not the field
    this.#timer = setTimeout(() => this.#search(text), SEARCH_PAUSE_MS);
  }

  async #search(text) {
    const mine = ++this.#searches;
    const answer = await this.desk.api.get("/api/products", { q: text.trim() }).catch(() => ({ products: [] }));
    if (mine === this.#searches) Object.assign(this, { products: answer.products, chosen: null });
  }
}
customElements.define("card-dialog", CardDialog);
