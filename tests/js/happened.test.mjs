/* What was done beside the messages is said in words, with its number or amount, in both languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { happened, hasLine } from "../../console/static/src/console/model/happened.js";
import en from "../../console/static/src/console/texts.en.js";
import zh from "../../console/static/src/console/texts.zh.js";
import { sentenceOf } from "../../console/static/src/shared/event_sentence.js";
import { addTexts, setLang } from "../../console/static/src/shared/i18n.js";
import sharedEn from "../../console/static/src/shared/texts.en.js";
import sharedZh from "../../console/static/src/shared/texts.zh.js";

addTexts({ zh: { ...sharedZh, ...zh }, en: { ...sharedEn, ...en } });

const sentence = (type, body) => sentenceOf(happened({ type, body, at: "2026-11-01T04:00:00Z" }));
const STEPS = "approve reject ask_info picked_up arrived passed failed pay_part send_back finish".split(" ");
const action = (body) => sentence("action_taken", body);

test("an offer that nobody answered names nobody", () => {
  setLang("en");
  const declined = (actor) =>
    sentenceOf(happened({ type: "handoff_declined", actor, body: {}, at: "2026-11-01T04:00:00Z" }));

  assert.equal(declined({ kind: "system", name: "" }), "No answer to the offer; still in the queue");
  assert.equal(declined({ kind: "agent", name: "Lin" }), "Lin passed; still in the queue");
});

test("every action has a line with its number", () => {
  setLang("zh");
  assert.equal(action({ action: "price_claim", total_fen: 12870, audit_fen: 0 }), "价保已办：退 ¥128.70");
  assert.equal(action({ action: "return", refund_fen: 39367, rma_no: "RMA1" }), "退货 RMA1 已登记：退 ¥393.67");
  assert.equal(action({ action: "exchange", rma_no: "RMA2" }), "换货 RMA2 已登记");
  assert.equal(action({ action: "work_order", work_order_no: "TK1" }), "工单 TK1 已建立");
  assert.equal(action({ action: "invoice", amount_fen: 100, order_no: "62" }), "订单 62 已申请发票：¥1.00");
  assert.equal(action({ action: "marketing_refused", channels: [] }), "已退订营销消息");
  setLang("en");
  assert.equal(action({ action: "repair", rma_no: "RMA3" }), "Repair RMA3 filed");
  assert.equal(action({ action: "refund_only", refund_fen: 1000, rma_no: "RMA4" }), "Refund RMA4 without a return: ¥10.00");
});

test("a step by hand has a line with what was decided", () => {
  setLang("zh");
  assert.equal(action({ action: "price_audit", step: "approve", claim_fen: 30000, note: "" }), "价保审核通过：¥300.00");
  assert.equal(action({ action: "price_audit", step: "reject", claim_fen: 30000, note: "x" }), "价保审核驳回：¥300.00");
  assert.equal(action({ action: "work_order_ended", work_order_no: "TK1", state: "done" }), "工单 TK1 已办完");
  assert.equal(action({ action: "trade_in_check", step: "check", trade_in_no: "TI1", paid_fen: 100 }), "旧机 TI1 检测价：¥1.00");
  assert.equal(action({ action: "after_sale_step", step: "arrived", rma_no: "RMA1", paid_fen: null }), "售后单 RMA1 已收到货");
  assert.equal(action({ action: "after_sale_step", step: "passed", rma_no: "RMA1", paid_fen: 27000 }), "售后单 RMA1 验货通过：¥270.00");
  setLang("en");
  assert.equal(action({ action: "work_order_ended", work_order_no: "TK1", state: "cancelled" }), "Work order TK1 cancelled");
  assert.equal(action({ action: "trade_in_check", step: "paid", trade_in_no: "TI1", paid_fen: 100 }), "Trade-in TI1 paid: ¥1.00");
  assert.equal(
    action({ action: "after_sale_step", step: "pay_part", rma_no: "RMA1", paid_fen: 100 }),
    "Request RMA1 closed with a part refund: ¥1.00",
  );
});

test("a change of language is told", () => {
  setLang("en");
  const changed = (lang) => sentenceOf(happened({ type: "language_changed", body: { lang } }));
  assert.equal(changed("en"), "The customer goes on in English");
  assert.equal(changed("zh"), "The customer goes on in Chinese");
});

test("every step of a request has a line", () => {
  for (const step of STEPS) {
    const body = { action: "after_sale_step", step, rma_no: "RMA1", paid_fen: null, second_needed: false };
    assert.ok(hasLine({ type: "action_taken", body }), step);
  }
});

test("a first yes to much money is told apart from the second", () => {
  setLang("zh");
  const waits = { second_needed: true, paid_fen: 600000, claim_fen: 600000, order_no: "62", rma_no: "RMA1", trade_in_no: "TI1" };
  assert.equal(action({ action: "after_sale_step", step: "passed", ...waits }), "RMA1 同意付 ¥6,000.00，还要另一位同事同意");
  assert.equal(action({ action: "price_audit", step: "approve", ...waits }), "62 同意付 ¥6,000.00，还要另一位同事同意");
  assert.equal(action({ action: "trade_in_check", step: "check", ...waits }), "TI1 同意付 ¥6,000.00，还要另一位同事同意");
});

test("what a colleague did names the colleague, what the bot did nobody", () => {
  setLang("zh");
  const body = { action: "price_claim", total_fen: 100, audit_fen: 0 };
  const by = (actor) => sentenceOf(happened({ type: "action_taken", actor, body, at: "2026-11-01T04:00:00Z" }));
  assert.equal(by({ kind: "agent", id: "ag_lin", name: "小林" }), "小林：价保已办：退 ¥1.00");
  assert.equal(by({ kind: "bot", id: "", name: "" }), "价保已办：退 ¥1.00");
});

test("what a newer desk does draws no line", () => {
  assert.equal(hasLine({ type: "action_taken", body: { action: "sang_a_song" } }), false);
});

test("a transfer to a queue names the queue in words", () => {
  setLang("zh");
  const line = sentence("conversation_transferred", { to_queue: "complaint" });
  assert.ok(line.includes(zh["queue.complaint"]), line);
});
