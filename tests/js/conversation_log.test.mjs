/* The log: nothing lost, nothing twice, nothing out of order, whatever the line does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConversationLog } from "../../console/static/src/shared/conversation_log.js";
import { NoAnswer, NotConnected } from "../../console/static/src/shared/errors.js";
import { tick } from "./lossy_desk.mjs";

const event = (seq, prev = seq - 1) => ({ seq, prev, type: "message_posted", body: { text: String(seq) } });
const seqs = (log) => log.events.map((one) => one.seq);

function logOver(stored, { page = 100 } = {}) {
  const asked = [];
  const log = new ConversationLog({
    wait: tick,
    fetchAfter: async (after) => {
      asked.push(after);
      await tick();
      return { events: stored.filter((one) => one.seq > after).slice(0, page), head: stored.at(-1)?.seq ?? 0 };
    },
  });
  return { log, asked };
}

test("an event that follows the last one is shown without asking", () => {
  const { log, asked } = logOver([]);

  log.receive(event(1));
  log.receive(event(2));

  assert.deepEqual(seqs(log), [1, 2]);
  assert.deepEqual(asked, []);
});

test("an event that was already shown is dropped", () => {
  const { log } = logOver([]);

  log.receive(event(1));
  log.receive(event(1));

  assert.deepEqual(seqs(log), [1]);
});

test("a gap is asked for and what came early is shown after it", async () => {
  const { log, asked } = logOver([event(1), event(2), event(3)]);
  log.receive(event(1));

  log.receive(event(3));

  assert.deepEqual(seqs(log), [1]);
  await log.catchUp();
  assert.deepEqual(seqs(log), [1, 2, 3]);
  assert.deepEqual(asked, [1]);
});

test("hidden events between two public ones are no gap", () => {
  const { log, asked } = logOver([]);

  log.receive(event(1, 0));
  log.receive(event(4, 1));

  assert.deepEqual(seqs(log), [1, 4]);
  assert.deepEqual(asked, []);
});

test("a long history comes in pages", async () => {
  const stored = Array.from({ length: 25 }, (_, i) => event(i + 1));
  const { log, asked } = logOver(stored, { page: 10 });

  await log.catchUp();

  assert.equal(log.lastSeq, 25);
  assert.deepEqual(asked, [0, 10, 20]);
});

test("a head that is hidden from this reader does not ask for ever", async () => {
  const log = new ConversationLog({ wait: tick, fetchAfter: async () => ({ events: [], head: 9 }) });

  assert.equal(await log.catchUp(), true);
});

test("silence is asked again, a dead line is not", async () => {
  const failures = [new NoAnswer(), new NoAnswer(), new NotConnected()];
  let asked = 0;
  const log = new ConversationLog({
    wait: tick,
    fetchAfter: async () => {
      asked += 1;
      throw failures.shift();
    },
  });

  assert.equal(await log.catchUp(), false);
  assert.equal(asked, 3);
});

test("events pushed while history loads are neither lost nor doubled", async () => {
  const stored = [event(1), event(2)];
  const { log } = logOver(stored);

  const loading = log.catchUp();
  log.receive(event(3));
  stored.push(event(3));
  await loading;

  assert.deepEqual(seqs(log), [1, 2, 3]);
});
