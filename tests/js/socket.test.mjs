/* The real Socket.IO client over a real line: answers dropped, pushes dropped, the line cut. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Conversation, NotConnected, Refused, openSocket, request } from "../../console/static/src/shared/socket_client.js";
import { MemoryStorage } from "./lossy_desk.mjs";
import { startMockDesk } from "./mock_desk.mjs";

let mock;
before(async () => (mock = await startMockDesk({ replyAfterMs: 5 })));
after(() => mock.close());

async function post(path, body) {
  const response = await fetch(mock.url + path, { method: "POST", body: JSON.stringify(body) });
  return response.json();
}

async function talk(within = 300) {
  const session = await post("/api/widget/session", {});
  const socket = openSocket({ url: mock.url, namespace: "/customer", auth: () => ({ token: session.visitor_token }), forceNew: true });
  const conversation = new Conversation({
    scope: session.conversation_id,
    storage: new MemoryStorage(),
    isOwn: (event) => event.actor.kind === "customer",
    fetchAfter: (seq) => request(socket, "catch_up", { after: seq }, within),
    send: (item) => request(socket, item.name, { client_msg_id: item.client_msg_id, ...item.payload }, within),
  });
  socket.on("connect", () => conversation.connected());
  socket.on("disconnect", () => conversation.disconnected());
  socket.onAny((_name, event) => event?.seq && conversation.receive(event));
  const stored = mock.desk.conversations.get(session.visitor_token);
  return { socket, conversation, stored };
}

async function until(isTrue, withinMs = 8_000) {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("did not happen in time");
}

const ownTexts = (events) => events.filter((event) => event.actor.kind === "customer").map((event) => event.body.text);
const say = (conversation, text) => conversation.outbox.add("post_message", { body: { kind: "text", text } });

test("written before the line is up, cut in the middle, answers dropped: once each, in order", async () => {
  const { socket, conversation, stored } = await talk();
  const texts = Array.from({ length: 12 }, (_, index) => `m${index}`);

  for (const text of texts.slice(0, 4)) say(conversation, text);
  await until(() => stored.events.length >= 3);
  await post("/mock", { do: "drop", answers: 2, pushes: 3 });
  for (const text of texts.slice(4, 8)) say(conversation, text);
  socket.io.engine.close();
  for (const text of texts.slice(8)) say(conversation, text);

  await until(() => ownTexts(conversation.log.events).length === texts.length && conversation.pending.length === 0);
  assert.deepEqual(ownTexts(stored.events), texts);
  assert.deepEqual(conversation.log.events.map((event) => event.seq), stored.events.slice(0, conversation.log.lastSeq).map((event) => event.seq));
  socket.disconnect();
});

test("a refusal arrives as a refusal, with its code", async () => {
  const { socket, conversation } = await talk();
  await until(() => socket.connected);

  await assert.rejects(request(socket, "press_button", { client_msg_id: "12345678", button_id: "nothing" }), (error) => error instanceof Refused && error.code === "not_found");
  conversation.close();
  socket.disconnect();
});

test("asking without a line fails at once and sends nothing later", async () => {
  const { socket, stored } = await talk();
  await until(() => socket.connected);
  socket.disconnect();

  await assert.rejects(request(socket, "post_message", { client_msg_id: "12345678", body: { kind: "text", text: "x" } }), NotConnected);
  socket.connect();
  await until(() => socket.connected);

  assert.deepEqual(ownTexts(stored.events), []);
  socket.disconnect();
});
