/* The lines of a summary card: amounts as money, words as they came, nothing without a value. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shownLines } from "../../console/static/src/shared/cards/summary_lines.js";

const line = (label, text, fen = null) => ({ label, text, amount_fen: fen });

test("an amount is money, and a gift costs nothing rather than being left out", () => {
  const card = { type: "summary", lines: [line("退款金额", "", 129900), line("费用", "", 0)] };

  assert.deepEqual(shownLines(card), [
    { label: "退款金额", value: "¥1,299.00", isAmount: true },
    { label: "费用", value: "¥0.00", isAmount: true },
  ]);
});

test("words stay as they were said, and an empty line is not shown", () => {
  const card = { type: "summary", lines: [line("What happened", "torn\nand wet"), line("Pictures", "")] };

  assert.deepEqual(shownLines(card), [{ label: "What happened", value: "torn\nand wet", isAmount: false }]);
});

test("a summary without lines shows none", () => {
  assert.deepEqual(shownLines({ type: "summary" }), []);
});
