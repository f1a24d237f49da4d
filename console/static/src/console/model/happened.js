// Events as lines of a thread: who, to whom, how much; the sentence is the texts'.
import { sentenceOf } from "../../shared/event_sentence.js";
import { money } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { word } from "./word.js";

/** Does this event have a line of its own? */
export const hasLine = (event) => sentenceOf(happened(event)) !== null;

/** The same event with names and amounts where the sentence looks for them. */
export function happened(event) {
  const body = event.body ?? {};
  if (event.type === "language_changed") return { ...event, type: `language_changed.${body.lang}` };
  if (event.type === "handoff_declined" && !event.actor?.name) return { ...event, type: "offer_unanswered" };
  if (event.type === "action_taken") return signed({ ...event, ...ACTIONS[body.action]?.(body) });
  const to = body.to_name ?? (body.to_queue ? word("queue", body.to_queue) : undefined);
  return { ...event, body: { ...body, to_name: to } };
}

/** What a colleague did says who it was; what the bot did goes without a name. */
function signed(event) {
  if (event.actor?.kind !== "agent") return event;
  return { ...event, body: { ...event.body, by: event.actor.name } };
}

// What was touched, each with its own sentence. `words` is an amount or a number; unlike `text` it is
// no sentence of the desk.
const line = (type, words = "", name = "") => ({ type, body: { words, to_name: name } });
/** ", so much paid back" where a step gives money. */
const pays = (fen) => (fen === null ? "" : t("happening.pays", { amount: money(fen) }));
const filed =
  (type) =>
  ({ rma_no: no }) =>
    line(type, no);
const ACTIONS = {
  price_claim: ({ total_fen: paid, audit_fen: audit }) =>
    paid > 0 || !audit ? line("price_claimed", money(paid)) : line("price_in_audit", money(audit)),
  return: ({ refund_fen: refund, rma_no: no }) => line("return_filed", money(refund), no),
  refund_only: ({ refund_fen: refund, rma_no: no }) => line("refund_only_filed", money(refund), no),
  exchange: filed("exchange_filed"),
  size_swap: filed("size_swap_filed"),
  repair: filed("repair_filed"),
  door_exchange: filed("door_exchange_filed"),
  after_sale_change: filed("after_sale_changed"),
  trade_in: ({ trade_in_no: no }) => line("trade_in_filed", no),
  cancellation: ({ refund_fen: refund, order_no: no }) => line("cancellation_filed", money(refund), no),
  order_change: ({ order_no: no }) => line("order_changed", no),
  invoice: ({ amount_fen: amount, order_no: no }) => line("invoice_asked", money(amount), no),
  work_order: ({ work_order_no: no }) => line("work_order_opened", no),
  work_order_ended: ({ work_order_no: no, state }) => line(`work_order_ended.${state}`, no),
  after_sale_step: ({ rma_no: no, step, paid_fen: paid, second_needed: waits }) => {
    if (waits) return line("second_needed", money(paid), no);
    return line(`after_sale_step.${step}`, pays(paid), no);
  },
  price_audit: ({ claim_fen: fen, step, order_no: no, second_needed: waits }) =>
    waits ? line("second_needed", money(fen), no) : line(`price_audit.${step}`, money(fen)),
  trade_in_check: ({ trade_in_no: no, step, paid_fen: fen, second_needed: waits }) => {
    if (waits) return line("second_needed", money(fen), no);
    return step === "paid" ? line("trade_in_paid", pays(fen), no) : line("trade_in_checked", money(fen), no);
  },
  item_alert: () => line("alert_set"),
  marketing_refused: () => line("marketing_refused"),
};
