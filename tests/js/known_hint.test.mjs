// The composer's hint about what is known: asked for once per pause, and never about another draft.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { KnownHint } from "../../console/static/src/console/thread/known_hint.js";

const ORDER = { slot: "order_no", label: "订单号", shown: "202611010001" };

class Host {
  conversationId = "co_1";
  draft = "";
  calls = [];
  redraws = 0;
  desk = {
    open: { details: { context_card: { facts: [] }, orders: [] } },
    api: { post: (path, body) => this.answer(path, body) },
  };

  addController(hint) {
    this.hint = hint;
  }

  requestUpdate() {
    this.redraws += 1;
  }

  types(text) {
    this.draft = text;
    this.hint.draftChanged(text);
  }

  async answer(path, body) {
    this.calls.push([path, body]);
    return { known: body.text.includes("订单号") ? [ORDER] : [] };
  }
}

let host;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  host = new Host();
  new KnownHint(host);
});

const pause = async () => {
  mock.timers.tick(400);
  await new Promise((done) => setImmediate(done));
};

test("a draft that asks for what is known shows the answer", async () => {
  host.types("订单号多少");
  await pause();
  assert.deepEqual(host.hint.known, [ORDER]);
  assert.equal(host.redraws, 1);
});

test("the desk is asked once, after the last key", async () => {
  for (const text of ["订单", "订单号", "订单号多少"]) host.types(text);
  await pause();
  assert.deepEqual(host.calls, [["/api/conversations/co_1/known_answers", { text: "订单号多少" }]]);
});

test("the hint goes with the question", async () => {
  host.types("订单号多少");
  await pause();
  host.types("");
  assert.deepEqual(host.hint.known, []);
});

test("an answer about an earlier draft or conversation is dropped", async () => {
  host.types("订单号多少");
  mock.timers.tick(400);
  host.draft = "好的";
  await pause();
  assert.deepEqual(host.hint.known, []);

  host.types("订单号多少");
  mock.timers.tick(400);
  host.conversationId = "co_2";
  await pause();
  assert.deepEqual(host.hint.known, []);
});

test("another conversation does not show what is known in the one before", async () => {
  host.types("订单号多少");
  await pause();
  host.conversationId = "co_2";
  host.draft = "您的订单号";
  host.hint.opened(host.draft);
  assert.deepEqual(host.hint.known, []);
});

test("a desk that does not answer gives no hint", async () => {
  host.answer = () => Promise.reject(new Error("offline"));
  host.types("订单号多少");
  await pause();
  assert.deepEqual(host.hint.known, []);
});

test("goods are named by their title", async () => {
  host.desk.open.details = {
    context_card: { facts: [{ name: "order_item_id", value: "li_1", shown: "li_1" }] },
    orders: [{ lines: [{ line_id: "li_1", title: "冲锋衣" }] }],
  };
  host.answer = async () => ({ known: [{ slot: "order_item_id", label: "商品", shown: "li_1" }] });
  host.types("哪一件");
  await pause();
  assert.equal(host.hint.known[0].shown, "冲锋衣");
});
