/*
 * Every card of the message model as one element each, and `cardTemplate(card)`, which picks it.
 * A card type this page does not know is shown by the message's plain text.
 */
import { html } from "lit";
import "./cards/notices.js";
import "./cards/order.js";
import "./cards/parcel_trace.js";
import "./cards/price_claim.js";
import "./cards/product_list.js";
import "./cards/refund_progress.js";
import "./cards/return_summary.js";
import "./cards/summary.js";
import "./cards/work_orders.js";

const TEMPLATES = {
  order: (card) => html`<baton-order-card .card=${card}></baton-order-card>`,
  order_list: (card) => html`<baton-order-list-card .card=${card}></baton-order-list-card>`,
  parcel_trace: (card) => html`<baton-parcel-trace-card .card=${card}></baton-parcel-trace-card>`,
  product_list: (card) => html`<baton-product-list-card .card=${card}></baton-product-list-card>`,
  price_claim: (card) => html`<baton-price-claim-card .card=${card}></baton-price-claim-card>`,
  return_summary: (card) => html`<baton-return-summary-card .card=${card}></baton-return-summary-card>`,
  summary: (card) => html`<baton-summary-card .card=${card}></baton-summary-card>`,
  refund_progress: (card) => html`<baton-refund-progress-card .card=${card}></baton-refund-progress-card>`,
  work_orders: (card) => html`<baton-work-orders-card .card=${card}></baton-work-orders-card>`,
  handoff: (card) => html`<baton-handoff-card .card=${card}></baton-handoff-card>`,
  promise: (card) => html`<baton-promise-card .card=${card}></baton-promise-card>`,
};

export const cardTypes = Object.keys(TEMPLATES);

/** The element for this card, or null when the type is unknown here. */
export const cardTemplate = (card) => TEMPLATES[card?.type]?.(card) ?? null;
