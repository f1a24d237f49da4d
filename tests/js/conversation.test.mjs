/*
 * Log and outbox together against a desk behind a bad line: 40 seeds, 30 % of everything lost, the
 * line cut again and again. The negative controls switch one guarantee off and must see it break.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation } from "../../console/static/src/shared/conversation.js";
import { LossyDesk, MemoryStorage, randomFrom, tick } from "./lossy_desk.mjs";

const WRITTEN = 20;
const isOwn = (event) => event.actor.kind === "customer";

function connect(desk, storage, spoil = {}) {
  const conversation = new Conversation({
    scope: "c1",
    storage,
    isOwn,
    wait: tick,
    fetchAfter: (after) => desk.fetchAfter(after),
    send: (item) => desk.send(spoil.freshId ? { ...item, client_msg_id: crypto.randomUUID() } : item),
  });
  desk.onPush = (event) => (spoil.trustPush ? conversation.log.events.push(event) : conversation.receive(event));
  conversation.connected();
  return conversation;
}

/** Writes 20 messages while the line is cut, the page reloaded and the bot talks. */
async function play({ seed, loss = 0.3, saysId = true, spoil = {} }) {
  const random = randomFrom(seed * 7919);
  const desk = new LossyDesk({ seed, loss, saysId });
  const storage = new MemoryStorage();
  let conversation = connect(desk, storage, spoil);
  for (let n = 1; n <= WRITTEN; n += 1) {
    conversation.outbox.add("post_message", { body: { kind: "text", text: `m${n}` } });
    if (random() < 0.3) desk.say(`b${n}`);
    if (random() < 0.2) await cut(desk, conversation);
    if (random() < 0.1) conversation = reload(conversation, desk, storage, spoil);
    await tick();
  }
  await calm(desk, conversation, spoil);
  return { desk, conversation };
}

async function cut(desk, conversation) {
  desk.up = false;
  conversation.disconnected();
  for (let i = 0; i < 5; i += 1) await tick();
  desk.up = true;
  conversation.connected();
}

function reload(conversation, desk, storage, spoil) {
  conversation.close();
  return connect(desk, storage, spoil);
}

async function calm(desk, conversation, spoil) {
  desk.loss = 0;
  for (let round = 0; round < 30; round += 1) {
    conversation.outbox.resume();
    if (!spoil.trustPush) await conversation.log.catchUp();
    for (let i = 0; i < 20; i += 1) await tick();
  }
}

const written = Array.from({ length: WRITTEN }, (_, i) => `m${i + 1}`);
const ownTexts = (events) => events.filter(isOwn).map((event) => event.body.text);
const shownSeqs = (conversation) => conversation.log.events.map((event) => event.seq);
const storedSeqs = (desk) => desk.events.map((event) => event.seq);

for (const saysId of [true, false]) {
  test(`nothing is lost, doubled or out of order on a bad line (own id in events: ${saysId})`, async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { desk, conversation } = await play({ seed, saysId });

      assert.deepEqual(ownTexts(desk.events), written, `stored, seed ${seed}`);
      assert.deepEqual(shownSeqs(conversation), storedSeqs(desk), `shown, seed ${seed}`);
      assert.equal(conversation.pending.length, 0, `left over, seed ${seed}`);
    }
  });
}

async function seedsThat(breaks, spoil) {
  let count = 0;
  for (let seed = 1; seed <= 10; seed += 1) if (breaks(await play({ seed, spoil }))) count += 1;
  return count;
}

test("negative control: a new id for every try doubles messages", async () => {
  const doubled = await seedsThat(({ desk }) => ownTexts(desk.events).length > WRITTEN, { freshId: true });

  assert.ok(doubled >= 8, `only ${doubled} of 10 seeds doubled a message`);
});

test("negative control: a page that trusts pushes loses, doubles or reorders", async () => {
  const wrong = await seedsThat(
    ({ desk, conversation }) => shownSeqs(conversation).join() !== storedSeqs(desk).join(),
    { trustPush: true },
  );

  assert.equal(wrong, 10);
});

test("an own message is shown once, never as stored and pending together", async () => {
  const desk = new LossyDesk({});
  const conversation = connect(desk, new MemoryStorage());
  const seen = [];
  conversation.addEventListener("change", () => {
    const texts = [...conversation.log.events.map((e) => e.body.text), ...conversation.pending.map((i) => i.payload.body.text)];
    seen.push(texts.filter((text) => text === "hello").length);
  });

  conversation.outbox.add("post_message", { body: { kind: "text", text: "hello" } });
  for (let i = 0; i < 20; i += 1) await tick();

  assert.equal(Math.max(...seen), 1);
  assert.equal(Math.min(...seen), 1);
});

test("an acknowledged message whose push was lost is fetched", async () => {
  const desk = new LossyDesk({});
  const conversation = connect(desk, new MemoryStorage());
  desk.onPush = () => {};

  conversation.outbox.add("post_message", { body: { kind: "text", text: "hello" } });
  for (let i = 0; i < 20; i += 1) await tick();

  assert.deepEqual(shownSeqs(conversation), [1]);
  assert.equal(conversation.pending.length, 0);
});
