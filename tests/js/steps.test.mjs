/* Steps by hand: what each asks for, what is sent, and amounts as people type them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fenOf, Wish } from "../../console/static/src/console/model/steps.js";
import en from "../../console/static/src/console/texts.en.js";
import zh from "../../console/static/src/console/texts.zh.js";

const STEPS = {
  after_sale: "approve reject ask_info picked_up arrived passed failed pay_part send_back finish",
  price_claim: "approve reject",
  trade_in: "check paid",
  work_order: "done cancelled",
};
const ALL = Object.entries(STEPS).flatMap(([kind, steps]) => steps.split(" ").map((step) => [kind, step]));
const CLAIM = { claim_id: "pc_1", claim_fen: 30000 };
const REQUEST = { rma_no: "RMA1", refund_fen: 39367 };
const TRADE_IN = { trade_in_no: "TI1", low_fen: 30000, high_fen: 45000 };

/** What is sent, without the line. */
async function sent(wish, answers) {
  const posted = [];
  const api = { post: (path, body) => posted.push([path, body]) };
  await wish.take(api, "co 1", { key: "key-00001", note: "", fen: null, ...answers });
  return posted[0];
}

test("every step has its label, its heading and what follows from it, in both languages", () => {
  for (const [kind, step] of ALL)
    for (const texts of [zh, en])
      for (const area of ["step", "step_heading", "step_hint"]) assert.ok(texts[`${area}.${kind}.${step}`], `${area}.${kind}.${step}`);
});

test("a step that asks for words says which, with an example", () => {
  for (const [kind, step] of ALL) {
    const { name, asks } = new Wish(kind, {}, step);
    if (asks.note) for (const area of ["step_note", "step_example"]) assert.ok(zh[`${area}.${name}`], `${area}.${name}`);
  }
});

test("a no needs a reason, a yes does not", () => {
  const needs = ALL.filter(([kind, step]) => new Wish(kind, {}, step).needsNote(null)).map((pair) => pair.join("."));

  assert.deepEqual(needs, [
    "after_sale.reject",
    "after_sale.ask_info",
    "after_sale.failed",
    "price_claim.reject",
    "work_order.done",
    "work_order.cancelled",
  ]);
});

test("the steps of a request are those that the desk knows", () => {
  const source = readFileSync(new URL("../../console/desk/after_sale_step.py", import.meta.url), "utf8");
  const known = /class Step[\s\S]*?\n\n\n/.exec(source)[0].matchAll(/= "(\w+)"/g);

  assert.deepEqual([...known].map(([, step]) => step).sort(), STEPS.after_sale.split(" ").sort());
});

test("a rejection goes out with its reason, and an approval without words", async () => {
  assert.deepEqual(await sent(new Wish("price_claim", CLAIM, "reject"), { note: "新人专享价" }), [
    "/api/conversations/co%201/price_claims",
    { key: "key-00001", claim_id: "pc_1", step: "reject", note: "新人专享价" },
  ]);
  assert.deepEqual(await sent(new Wish("price_claim", CLAIM, "approve"), { note: "left over" }), [
    "/api/conversations/co%201/price_claims",
    { key: "key-00001", claim_id: "pc_1", step: "approve" },
  ]);
});

test("a part of the refund is above nothing and at most what was promised", () => {
  const wish = new Wish("after_sale", REQUEST, "pay_part");

  assert.deepEqual(
    [null, 0, 1, 39367, 39368].map((fen) => wish.mayBe(fen)),
    [false, false, true, true, false],
  );
});

test("a value below the estimate needs a reason; the estimate itself does not", async () => {
  const wish = new Wish("trade_in", TRADE_IN, "check");

  assert.deepEqual(
    [null, 0, 29999, 30000, 60000].map((fen) => wish.needsNote(fen)),
    [false, true, true, false, false],
  );
  assert.equal(wish.mayBe(0), true);
  assert.deepEqual(await sent(wish, { fen: 29999, note: "屏幕裂" }), [
    "/api/conversations/co%201/trade_ins",
    { key: "key-00001", trade_in_no: "TI1", step: "check", note: "屏幕裂", final_fen: 29999 },
  ]);
});

test("amounts are read as people type them and nothing else is", () => {
  const typed = ["120", "12.5", "¥1,200.00", "￥ 80", "0", "", "-5", "1.234", "一百", "1e3"];

  assert.deepEqual(typed.map(fenOf), [12000, 1250, 120000, 8000, 0, null, null, null, null, null]);
});
