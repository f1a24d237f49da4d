/* Rows of a thread: days, the unread divider, grouping, what is on its way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pressedButtons, promiseStates, threadRows, unreadCount } from "../../console/static/src/shared/thread.js";

const bot = { kind: "bot", id: "" };
const customer = { kind: "customer", id: "c1" };
const isOwn = (event) => event.actor.kind === "customer";
const post = (seq, actor, at, body = {}) => ({ conversation_id: "k", seq, type: "message_posted", actor, at, body });
const kinds = (rows) => rows.map((row) => row.kind);

test("a new day in shop time begins with a divider", () => {
  const rows = threadRows({ events: [post(1, bot, "2026-03-04T15:59:00Z"), post(2, bot, "2026-03-04T16:01:00Z")] });

  assert.deepEqual(kinds(rows), ["day", "event", "day", "event"]);
});

test("the unread divider stands before the first message of others after the last read one", () => {
  const at = "2026-03-04T06:00:00Z";
  const events = [post(1, bot, at), post(2, customer, at), post(3, bot, at)];

  const rows = threadRows({ events, isOwn, unreadAfter: 1 });

  assert.deepEqual(kinds(rows), ["day", "event", "event", "unread", "event"]);
});

test("messages of one author within three minutes stand under one name", () => {
  const events = [post(1, bot, "2026-03-04T06:00:00Z"), post(2, bot, "2026-03-04T06:02:00Z"), post(3, bot, "2026-03-04T06:06:00Z"), post(4, customer, "2026-03-04T06:06:01Z")];

  const grouped = threadRows({ events }).filter((row) => row.event).map((row) => row.grouped);

  assert.deepEqual(grouped, [false, true, false, false]);
});

test("what is on its way stands at the end, as it will look", () => {
  const item = { client_msg_id: "m1", name: "press_button", payload: { button_id: "b1" }, shown: { kind: "text", text: "好" }, state: "sending", created_at: "2026-03-04T06:00:00Z" };

  const rows = threadRows({ events: [], pending: [item], me: customer });

  assert.equal(rows.at(-1).kind, "pending");
  assert.equal(rows.at(-1).event.body.text, "好");
});

test("every row has its own key, over two conversations too", () => {
  const at = "2026-03-04T06:00:00Z";
  const keys = [...threadRows({ events: [post(1, bot, at)] }), ...threadRows({ events: [{ ...post(1, bot, at), conversation_id: "k2" }] })]
    .filter((row) => row.event)
    .map((row) => row.key);

  assert.equal(new Set(keys).size, 2);
});

test("a pressed button is known from the stored answer and from the one on its way, not from a failed one", () => {
  const events = [post(1, customer, "", { button_id: "b1" })];
  const pending = [
    { name: "press_button", payload: { button_id: "b2" }, state: "sending" },
    { name: "press_button", payload: { button_id: "b3" }, state: "failed" },
  ];

  assert.deepEqual([...pressedButtons(events, pending)], ["b1", "b2"]);
});

test("unread counts messages of others only", () => {
  const events = [post(1, bot, ""), post(2, customer, ""), { ...post(3, bot, ""), type: "agent_joined" }, post(4, bot, "")];

  assert.equal(unreadCount(events, 1, isOwn), 1);
});

test("a promise shows its latest state and time", () => {
  const states = promiseStates([
    { type: "promise_made", body: { promise_id: "p", text: "x", due_at: "1", state: "open" } },
    { type: "promise_extended", body: { promise_id: "p", due_at: "2" } },
  ]);

  assert.deepEqual(states.get("p"), { promise_id: "p", text: "x", due_at: "2", state: "extended" });
});

test("a promise whose reason has gone is over", () => {
  const states = promiseStates([
    { type: "promise_made", body: { promise_id: "p", text: "x", due_at: "1", state: "open" } },
    { type: "promise_voided", body: { promise_id: "p", text: "x" } },
  ]);

  assert.equal(states.get("p").state, "void");
});
