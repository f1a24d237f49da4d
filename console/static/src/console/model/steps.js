// Steps that a person takes by hand: where each is sent, and what it asks for before it is taken. Which
// ones fit is the desk's word (`steps` of a work order, a request, a claim, a trade-in).
import { conversationPath } from "./api.js";

const WORDS = { note: true }; // the customer reads them, so they are needed
const SUBJECTS = {
  after_sale: { id: "rma_no", path: "after_sale" },
  price_claim: { id: "claim_id", path: "price_claims" },
  trade_in: { id: "trade_in_no", path: "trade_ins" },
  work_order: { id: "work_order_no", path: "work_orders" },
};
const ASKS = {
  "after_sale.reject": WORDS,
  "after_sale.ask_info": WORDS,
  "after_sale.failed": WORDS,
  "after_sale.pay_part": { amount: "refund_fen" },
  "price_claim.reject": WORDS,
  "trade_in.check": { note: "below", amount: "final_fen" },
  "work_order.done": WORDS,
  "work_order.cancelled": WORDS,
};
const MOST_FEN = { refund_fen: ({ refund_fen: fen }) => fen, final_fen: () => 100_000_00 };
const AGAINST = new Set(["reject", "failed", "send_back", "cancelled"]);

/** `kind`: of the subject; `step`: one of its `steps`. */
export class Wish {
  constructor(kind, subject, step) {
    Object.assign(this, { kind, subject, step });
    this.asks = ASKS[`${kind}.${step}`] ?? {};
  }

  /** Name of the texts of this step. */
  get name() {
    return `${this.kind}.${this.step}`;
  }

  /** True when it says no to the customer. */
  get isAgainst() {
    return AGAINST.has(this.step);
  }

  needsNote(fen) {
    return this.asks.note === "below" ? fen !== null && fen < this.subject.low_fen : Boolean(this.asks.note);
  }

  mayBe(fen) {
    const { amount } = this.asks;
    if (!amount) return true;
    return fen !== null && fen >= (amount === "refund_fen" ? 1 : 0) && fen <= MOST_FEN[amount](this.subject);
  }

  /** Resolves to the desk's answer. `key`: the same over retries, so that it is done once. */
  take(api, conversationId, { key, note, fen }) {
    const { id, path } = SUBJECTS[this.kind];
    const { amount } = this.asks;
    return api.post(conversationPath(conversationId, path), {
      key,
      [id]: this.subject[id],
      step: this.step,
      ...(this.asks.note && note ? { note } : {}),
      ...(amount ? { [amount]: fen } : {}),
    });
  }
}

/** "120", "12.5", "¥1,200.00" → fen; null for anything else. */
export function fenOf(text) {
  const found = /^¥?(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(/[,，\s]/g, "").replace("￥", "¥"));
  return found && Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}
