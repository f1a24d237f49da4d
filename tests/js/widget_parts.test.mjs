/* Small parts of the widget: state from events, typing sign, kept storage, the page's messages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, fromSnapshot, initialState, isClosed, isWaiting } from "../../console/static/src/widget/conversation_state.js";
import { KeptStorage } from "../../console/static/src/widget/kept_storage.js";
import { PageBridge } from "../../console/static/src/widget/page_bridge.js";
import { TypingSign } from "../../console/static/src/widget/typing_sign.js";
import { problemOf } from "../../console/static/src/widget/upload.js";

const event = (type, body = {}) => ({ type, body, actor: { kind: "system", name: "" } });
const fold = (...events) => events.reduce(after, initialState);

test("the way to a person and back", () => {
  assert.deepEqual(fold(event("handoff_requested", { position: 2 })), { state: "queued", agent: null, coming: null, position: 2, etaS: null });
  assert.deepEqual(fold(event("agent_joined", { name: "Lin" })).agent, { name: "Lin" });
  assert.equal(fold(event("agent_joined", { name: "Lin" }), event("returned_to_bot")).agent, null);
  assert.ok(isWaiting(fold(event("agent_joined", { name: "Lin" }), event("conversation_transferred", { to_queue: "vip" }))));
  assert.ok(isClosed(fold(event("conversation_resolved"))));
});

test("whoever is handed on waits for the colleague by name, until somebody is there", () => {
  const handed = fold(event("agent_joined", { name: "Lin" }), event("conversation_transferred", { to_name: "Wang" }));

  assert.deepEqual([handed.state, handed.agent, handed.coming], ["offered", null, "Wang"]);
  assert.equal(after(handed, event("agent_joined", { name: "Wang" })).coming, null);
  assert.equal(fromSnapshot(handed, { state: "queued", position: 1 }).coming, null);
  assert.equal(fold(event("conversation_transferred", { to_queue: "vip" })).coming, null);
});

test("the desk's snapshot wins over what was folded", () => {
  const state = fromSnapshot(fold(event("handoff_requested", { position: 2 })), { state: "with_agent", agent: { name: "Lin" }, position: null });

  assert.deepEqual(state, { state: "with_agent", agent: { name: "Lin" }, coming: null, position: null, etaS: null });
});

test("typing is said once in three seconds and taken back", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const said = [];
  let now = 10_000;
  const sign = new TypingSign((on) => said.push(on), () => now);

  sign.stroke(true);
  sign.stroke(true);
  now += 3_000;
  sign.stroke(true);
  context.mock.timers.tick(5_000);
  sign.stop();

  assert.deepEqual(said, [true, true, false]);
});

test("kept storage hands every change to the page", () => {
  const handed = [];
  const storage = new KeptStorage({ a: "1", bad: 5 }, (values) => handed.push(values));

  storage.setItem("b", 2);
  storage.removeItem("a");

  assert.equal(storage.getItem("b"), "2");
  assert.equal(storage.getItem("bad"), null);
  assert.deepEqual(handed, [{ a: "1", b: "2" }, { b: "2" }]);
});

/** A window that keeps its listeners, with a parent that keeps what it is told. */
function bridgeIn({ allowed = ["https://shop.example"] } = {}) {
  const told = [];
  const parent = { postMessage: (message, origin) => told.push([message, origin]) };
  const listeners = [];
  globalThis.window = { parent, addEventListener: (_name, listener) => listeners.push(listener) };
  const bridge = new PageBridge({ allowed, own: "https://desk.example", parent });
  const hear = (data, { origin = "https://shop.example", source = parent } = {}) => listeners.forEach((listen) => listen({ data: { baton: 1, ...data }, origin, source }));
  return { bridge, told, hear };
}

test("a message from a foreign origin or another window is not heard", async () => {
  const { bridge, hear } = bridgeIn();
  const heard = [];
  bridge.addEventListener("identify", () => heard.push(1));
  const greeting = bridge.greet(20);

  hear({ type: "identify" }, { origin: "https://evil.example" });
  hear({ type: "identify" }, { source: {} });

  assert.deepEqual(await greeting, {});
  assert.deepEqual(heard, []);
});

test("answers go to the page's own origin and to no other", async () => {
  const { bridge, told, hear } = bridgeIn();
  bridge.tell("unread", { n: 1 });
  const greeting = bridge.greet(50);

  hear({ type: "hello", open: true });
  bridge.tell("unread", { n: 2 });

  assert.equal((await greeting).open, true);
  assert.deepEqual(told, [
    [{ baton: 1, type: "ready" }, "*"],
    [{ baton: 1, type: "unread", n: 2 }, "https://shop.example"],
  ]);
});

test("a page that keeps silent gives no fresh sign-in", async () => {
  const { bridge, hear } = bridgeIn();
  const greeting = bridge.greet(50);
  hear({ type: "hello" });
  await greeting;

  assert.equal(await bridge.renewToken(10), null);
});

test("pictures are checked before they are sent", () => {
  assert.equal(problemOf({ type: "image/gif", size: 5 }, 10), "upload.wrong_type");
  assert.equal(problemOf({ type: "image/png", size: 0 }, 10), "upload.empty");
  assert.equal(problemOf({ type: "image/png", size: 11 }, 10), "upload.too_large");
  assert.equal(problemOf({ type: "image/webp", size: 10 }, 10), null);
});
