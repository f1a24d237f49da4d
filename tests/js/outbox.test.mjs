/* The outbox: one at a time, the same id for ever, stored until acknowledged. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NoAnswer, Refused } from "../../console/static/src/shared/errors.js";
import { Outbox } from "../../console/static/src/shared/outbox.js";
import { MemoryStorage, tick } from "./lossy_desk.mjs";

const body = (text) => ({ body: { kind: "text", text } });
const states = (outbox) => outbox.items.map((item) => item.state);
const settle = async () => {
  for (let i = 0; i < 40; i += 1) await tick();
};

function outboxWith(send, storage = new MemoryStorage()) {
  let n = 0;
  const outbox = new Outbox({ scope: "c1", storage, send, wait: tick, newId: () => `id-${(n += 1)}` });
  return { outbox, storage };
}

test("messages are sent one by one in the order they were written", async () => {
  const log = [];
  const { outbox } = outboxWith(async (item) => {
    log.push(`start ${item.payload.body.text}`);
    await tick();
    log.push(`end ${item.payload.body.text}`);
    return { seq: log.length, at: "" };
  });
  outbox.resume();

  outbox.add("post_message", body("a"));
  outbox.add("post_message", body("b"));
  await settle();

  assert.deepEqual(log, ["start a", "end a", "start b", "end b"]);
  assert.deepEqual(states(outbox), ["sent", "sent"]);
});

test("a lost answer is tried again with the same id", async () => {
  const ids = [];
  const { outbox } = outboxWith(async (item) => {
    ids.push(item.client_msg_id);
    if (ids.length < 3) throw new NoAnswer();
    return { seq: 1, at: "" };
  });
  outbox.resume();

  outbox.add("post_message", body("a"));
  await settle();

  assert.deepEqual(ids, ["id-1", "id-1", "id-1"]);
});

test("what was not acknowledged survives a reload, in order and with its id", () => {
  const { outbox, storage } = outboxWith(async () => ({ seq: 1, at: "" }));
  outbox.add("post_message", body("first"));
  outbox.add("post_message", body("second"));

  const { outbox: reloaded } = outboxWith(async () => ({ seq: 1, at: "" }), storage);

  assert.deepEqual(
    reloaded.items.map((item) => [item.client_msg_id, item.payload.body.text, item.state]),
    [
      ["id-1", "first", "sending"],
      ["id-2", "second", "sending"],
    ],
  );
});

test("an acknowledged message leaves the storage", async () => {
  const { outbox, storage } = outboxWith(async () => ({ seq: 1, at: "" }));
  outbox.resume();

  outbox.add("post_message", body("a"));
  assert.equal(storage.length, 1);
  await settle();

  assert.equal(storage.length, 0);
});

test("nothing is tried while the line is down", async () => {
  let tries = 0;
  const { outbox } = outboxWith(async () => ({ seq: (tries += 1), at: "" }));

  outbox.add("post_message", body("a"));
  await settle();

  assert.equal(tries, 0);
  assert.deepEqual(states(outbox), ["sending"]);
});

test("without any answer the message and those behind it are shown as failed", async () => {
  let tries = 0;
  const { outbox } = outboxWith(async () => {
    tries += 1;
    throw new NoAnswer();
  });
  outbox.resume();

  outbox.add("post_message", body("a"));
  outbox.add("post_message", body("b"));
  await settle();

  assert.equal(tries, 5);
  assert.deepEqual(states(outbox), ["failed", "failed"]);
});

test("retry sends the stalled ones again in their order", async () => {
  let works = false;
  const sent = [];
  const { outbox } = outboxWith(async (item) => {
    if (!works) throw new NoAnswer();
    sent.push(item.payload.body.text);
    return { seq: sent.length, at: "" };
  });
  outbox.resume();
  outbox.add("post_message", body("a"));
  outbox.add("post_message", body("b"));
  await settle();

  works = true;
  outbox.retry("id-2");
  await settle();

  assert.deepEqual(sent, ["a", "b"]);
});

test("a refusal concerns only the refused message, and names the reason", async () => {
  const { outbox, storage } = outboxWith(async (item) => {
    if (item.payload.body.text === "bad") throw new Refused({ code: "too_large", message: "too long" });
    return { seq: 1, at: "" };
  });
  outbox.resume();

  outbox.add("post_message", body("bad"));
  outbox.add("post_message", body("good"));
  await settle();

  assert.deepEqual(states(outbox), ["failed", "sent"]);
  assert.equal(outbox.items[0].error.code, "too_large");
  assert.equal(storage.length, 1, "the refused text is kept until it is given up");
});

test("a reconnect does not send a refused message again", async () => {
  let tries = 0;
  const { outbox } = outboxWith(async () => {
    tries += 1;
    throw new Refused({ code: "bad_request" });
  });
  outbox.resume();
  outbox.add("post_message", body("bad"));
  await settle();

  outbox.pause();
  outbox.resume();
  await settle();

  assert.equal(tries, 1);
});

test("a rate limit is waited out", async () => {
  const waits = [];
  let tries = 0;
  const outbox = new Outbox({
    scope: "c1",
    storage: new MemoryStorage(),
    wait: async (ms) => void waits.push(ms),
    send: async () => {
      tries += 1;
      if (tries === 1) throw new Refused({ code: "too_often", details: { retry_after_s: 7 } });
      return { seq: 1, at: "" };
    },
  });
  outbox.resume();

  outbox.add("post_message", body("a"));
  await settle();

  assert.deepEqual(waits, [7000]);
  assert.deepEqual(states(outbox), ["sent"]);
});

test("only a failed message can be given up", async () => {
  const { outbox, storage } = outboxWith(async () => {
    throw new Refused({ code: "bad_request" });
  });
  const item = outbox.add("post_message", body("a"));

  outbox.discard(item.client_msg_id);
  assert.equal(outbox.items.length, 1, "still on its way");

  outbox.resume();
  await settle();
  outbox.discard(item.client_msg_id);
  assert.equal(outbox.items.length, 0);
  assert.equal(storage.length, 0);
});

test("two tabs of one conversation do not overwrite each other's messages", () => {
  const storage = new MemoryStorage();
  const tab = (name) => new Outbox({ scope: "c1", storage, send: async () => ({}), newId: () => name });

  const first = tab("from-first");
  const second = tab("from-second");
  first.add("post_message", body("1"));
  second.add("post_message", body("2"));

  assert.deepEqual(tab("x").items.map((item) => item.client_msg_id), ["from-first", "from-second"]);
});

test("forbidden storage costs nothing but the safety net", async () => {
  const forbidden = new Proxy({}, { get: () => { throw new Error("SecurityError"); } });
  const { outbox } = outboxWith(async () => ({ seq: 1, at: "" }), forbidden);
  outbox.resume();

  outbox.add("post_message", body("a"));
  await settle();

  assert.deepEqual(states(outbox), ["sent"]);
});

test("a new message does not overtake stalled ones: they are tried again first", async () => {
  let works = false;
  const sent = [];
  const { outbox } = outboxWith(async (item) => {
    if (!works) throw new NoAnswer();
    sent.push(item.payload.body.text);
    return { seq: sent.length, at: "" };
  });
  outbox.resume();
  outbox.add("post_message", body("a"));
  await settle();
  assert.deepEqual(states(outbox), ["failed"]);

  works = true;
  outbox.add("post_message", body("b"));
  await settle();

  assert.deepEqual(sent, ["a", "b"]);
});

test("ids grow with time, and need no https", async (t) => {
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true, writable: true }); // as on plain http
  t.after(() => Object.defineProperty(crypto, "randomUUID", { value: randomUUID }));
  const outbox = new Outbox({ scope: "c1", storage: new MemoryStorage(), send: () => new Promise(() => {}), wait: tick });

  for (let n = 0; n < 50; n += 1) outbox.add("post_message", { n });

  const ids = outbox.items.map((item) => item.client_msg_id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
});
