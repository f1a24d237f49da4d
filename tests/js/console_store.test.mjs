// The console's store against a desk on a real socket: what it shows is what the desk holds, whatever the
// line does in between.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "../../console/static/src/console/model/api.js";
import { accept, transfer } from "../../console/static/src/console/model/commands.js";
import { Desk } from "../../console/static/src/console/model/desk.js";
import { openSocket } from "../../console/static/src/shared/socket_client.js";
import { MockDesk } from "./console_mock_desk.mjs";

let server;
const opened = [];

class MemoryStorage {
  #items = new Map();
  get length() {
    return this.#items.size;
  }
  key(index) {
    return [...this.#items.keys()][index] ?? null;
  }
  getItem(key) {
    return this.#items.get(key) ?? null;
  }
  setItem(key, value) {
    this.#items.set(key, String(value));
  }
  removeItem(key) {
    this.#items.delete(key);
  }
}

async function deskOf({ storage = new MemoryStorage() } = {}) {
  const { url } = server;
  const desk = new Desk({
    api: new Api((path, request) => fetch(url + path, request)),
    openSocket: () => openSocket({ namespace: "/agent", url, reconnectionDelay: 20, reconnectionDelayMax: 40 }),
    storage,
    session: new MemoryStorage(),
  });
  opened.push(desk);
  await desk.start();
  await until(() => desk.lists.status.all.state === "ready" && desk.agents.length > 0);
  return desk;
}

async function until(holds, withinMs = 4000) {
  const end = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > end) assert.fail(`did not come true: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function opening(desk, id) {
  desk.openConversation(id);
  await until(() => desk.open.logState === "ready" && desk.open.detailsState === "ready");
  return desk.open;
}

const seqsOf = (open) => open.events.map((event) => event.seq);
const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);
const idsIn = (desk, view) => desk.summariesIn(view).map((summary) => summary.conversation_id);

/** Runs `work` against a fresh desk and closes every line afterwards. */
async function scene(work) {
  server = await new MockDesk().start();
  try {
    await work();
  } finally {
    opened.splice(0).forEach((desk) => desk.socket?.disconnect());
    await server.stop();
  }
}

test("registers with the kept status and shows what the desk holds", () =>
  scene(async () => {
    const desk = await deskOf();

    assert.deepEqual(server.calls[0], ["set_presence", { status: "online" }]);
    assert.deepEqual(idsIn(desk, "waiting"), ["conv_q1", "conv_q3", "conv_q2"]);
    assert.deepEqual(idsIn(desk, "mine"), ["conv_su", "conv_gu", "conv_tang", "conv_snz"]);
  }));

test("drops an older version of a conversation and takes a newer one", () =>
  scene(async () => {
    const desk = await deskOf();
    const known = desk.book.get("conv_gu");

    desk.applySummary({ ...known, version: known.version - 1, last_text: "old" });
    assert.equal(desk.book.get("conv_gu").last_text, known.last_text);

    desk.applySummary({ ...known, version: known.version + 1, last_text: "new" });
    assert.equal(desk.book.get("conv_gu").last_text, "new");
  }));

test("a snapshot that was asked for earlier does not take back what was pushed meanwhile", () =>
  scene(async () => {
    const desk = await deskOf();
    const known = desk.book.get("conv_gu");
    const begun = desk.book.beginSnapshot();

    desk.applySummary({ ...known, conversation_id: "conv_new", version: 1 });
    desk.applySummary({ ...known, version: known.version + 1, last_text: "pushed" });
    desk.book.replace(begun, [known], () => true);

    assert.equal(desk.book.get("conv_gu").last_text, "pushed");
    assert.equal(desk.book.get("conv_new").version, 1);
    assert.equal(desk.book.get("conv_su"), null); // untouched since, and not in the snapshot: gone
  }));

test("after a reconnect it registers again and has everything that happened meanwhile", () =>
  scene(async () => {
    const desk = await deskOf();
    const open = await opening(desk, "conv_su");
    const before = server.log("conv_su").length;
    server.calls.length = 0;

    server.cut();
    server.customerSays("conv_su", "one", { push: false });
    server.customerSays("conv_su", "two", { push: false });
    Object.assign(server.conversations.get("conv_q1"), { state: "resolved" });
    await until(
      () =>
        open.lastSeq === before + 2 &&
        desk.line === "up" &&
        desk.lists.status.all.state === "ready" &&
        !idsIn(desk, "all").includes("conv_q1"),
    );

    assert.deepEqual(seqsOf(open), upTo(before + 2));
    assert.deepEqual(server.calls[0], ["set_presence", { status: "online" }]);
    assert.deepEqual(idsIn(desk, "waiting"), ["conv_q3", "conv_q2"]);
  }));

test("negative control: without the catch-up on reconnect the same loss stays", () =>
  scene(async () => {
    const desk = await deskOf();
    const open = await opening(desk, "conv_su");
    const before = server.log("conv_su").length;
    desk.arrived = async () => {
      desk.line = "up";
    }; // a store that trusts the line

    server.cut();
    server.customerSays("conv_su", "one", { push: false });
    await until(() => desk.line === "up" && desk.socket.connected);
    await new Promise((resolve) => setTimeout(resolve, 200));

    assert.equal(open.lastSeq, before);
  }));

test("a pushed event that does not follow makes the log ask for the gap", () =>
  scene(async () => {
    const desk = await deskOf();
    const open = await opening(desk, "conv_su");
    const before = open.lastSeq;

    server.customerSays("conv_su", "lost on the way", { push: false });
    server.customerSays("conv_su", "arrived");
    await until(() => open.lastSeq === before + 2);

    assert.deepEqual(
      open.events.slice(-2).map((event) => event.body.text),
      ["lost on the way", "arrived"],
    );
  }));

test("a reply shows at once and becomes the stored message, once", () =>
  scene(async () => {
    const desk = await deskOf();
    const open = await opening(desk, "conv_su");
    const before = open.events.length;

    const item = open.reply({ kind: "text", text: "马上处理" });
    assert.deepEqual(
      open.conversation.pending.map((one) => [one.client_msg_id, one.state]),
      [[item.client_msg_id, "sending"]],
    );
    await until(() => open.conversation.pending.length === 0);

    assert.equal(open.events.length, before + 1);
    assert.equal(open.events.at(-1).client_msg_id, item.client_msg_id);
    assert.equal(open.conversation.statusOf(open.events.at(-1)), "sent");
  }));

test("a reply written while the line is down goes out once after the reconnect", () =>
  scene(async () => {
    const desk = await deskOf();
    const open = await opening(desk, "conv_su");
    const before = server.log("conv_su").length;

    server.losing = true; // half-open: taken, never answered
    open.reply({ kind: "text", text: "不丢" });
    await until(() => server.calls.some(([name]) => name === "post_message"));
    server.losing = false;
    server.cut();
    await until(() => open.conversation.pending.length === 0);

    assert.deepEqual(
      server
        .log("conv_su")
        .slice(before)
        .map((event) => event.body.text),
      ["不丢"],
    );
  }));

test("a reply that was not sent goes out although the agent has switched to another conversation", () =>
  scene(async () => {
    const desk = await deskOf();
    await opening(desk, "conv_su");
    server.losing = true;
    desk.open.reply({ kind: "text", text: "第一句" });
    desk.open.reply({ kind: "text", text: "第二句" });

    desk.openConversation("conv_gu");
    assert.equal(desk.left.count("conv_su"), 2);
    server.losing = false;
    server.cut();
    await until(() => desk.left.count("conv_su") === 0);

    assert.deepEqual(
      server
        .log("conv_su")
        .slice(-2)
        .map((event) => event.body.text),
      ["第一句", "第二句"],
    );
  }));

test("what was not sent survives a reload of the page", () =>
  scene(async () => {
    const storage = new MemoryStorage();
    const first = await deskOf({ storage });
    await opening(first, "conv_su");
    server.losing = true;
    first.open.reply({ kind: "text", text: "留着" });
    first.socket.disconnect();
    server.losing = false;

    const second = await deskOf({ storage });
    await until(() => second.left.count("conv_su") === 0 && server.log("conv_su").at(-1).body.text === "留着");

    assert.equal(storage.length, 0);
  }));

test("who loses the race is told who won, and nothing has changed", () =>
  scene(async () => {
    const desk = await deskOf();
    const said = [];
    desk.addEventListener("say", ({ detail }) => said.push([detail.key, detail.values.name]));
    server.offer("conv_q1");
    await until(() => desk.offers.get("conv_q1"));
    const before = desk.book.get("conv_q1");
    server.refuse.set("accept_handoff", { code: "taken", message: "", details: { by: { name: "陈嘉树" } } });

    await assert.rejects(accept(desk, "conv_q1"), { code: "taken" });

    assert.deepEqual(said, [["error.taken", "陈嘉树"]]);
    assert.deepEqual(desk.book.get("conv_q1"), before);
    assert.equal(desk.open, null);
    assert.equal(desk.offers.get("conv_q1"), null);
  }));

test("a claim carries the last event the agent has seen", () =>
  scene(async () => {
    const desk = await deskOf();
    const open = await opening(desk, "conv_su");

    await transfer(desk, "conv_su", { queue: "after_sale" }, "差最后一步");
    const [, payload] = server.calls.find(([name]) => name === "transfer_conversation");

    assert.deepEqual(payload, {
      conversation_id: "conv_su",
      version: server.log("conv_su").length - 2,
      to: { queue: "after_sale" },
      note: "差最后一步",
    });
    await until(() => desk.book.get("conv_su").state === "queued");
    assert.equal(open.events.at(-1).type, "conversation_transferred");
  }));

test("a long conversation opens at its end and gives the rest on demand", () =>
  scene(async () => {
    const desk = await deskOf();
    const open = await opening(desk, "conv_gu");
    const last = server.log("conv_gu").length;
    assert.deepEqual(seqsOf(open), upTo(last).slice(-80));

    while (open.hasEarlier) await open.loadEarlier();

    assert.deepEqual(seqsOf(open), upTo(last));
    assert.equal(open.hasEarlier, false);
  }));

test("an offer leaves the screen when somebody else takes it or its time is over", () =>
  scene(async () => {
    const desk = await deskOf();
    server.offer("conv_q1", 30);
    server.offer("conv_q2", 30);
    await until(() => desk.offers.open(desk.now()).length === 2);

    server.agents.emit("handoff_withdrawn", { conversation_id: "conv_q1", taken_by: { name: "陈嘉树" } });
    await until(() => desk.offers.open(desk.now()).length === 1);

    assert.deepEqual(desk.offers.open(desk.now() + 60_000), []);
  }));

test("a page that is switched tells the desk and asks for its words again", () =>
  scene(async () => {
    const desk = await deskOf();
    await opening(desk, "conv_su");
    const { agents, queues, canned, open } = desk;
    const { details } = open;

    await desk.speak("en");

    assert.deepEqual(
      server.calls.filter(([name]) => name === "set_language"),
      [["set_language", { lang: "en" }]],
    );
    const before = [agents, queues, canned, details];
    const after = [desk.agents, desk.queues, desk.canned, open.details];
    assert.ok(after.every((words, index) => words !== before[index]), "asked for again");
  }));

test("an account that serves nobody hears so instead of a failure", () =>
  scene(async () => {
    const desk = await deskOf();
    server.isBarred = true;

    await desk.lists.load("mine");

    assert.equal(desk.lists.status.mine.state, "barred");
  }));

test("a refused status is taken back", () =>
  scene(async () => {
    const desk = await deskOf();
    server.refuse.set("set_presence", { code: "not_allowed", message: "" });

    await assert.rejects(desk.setPresence("break"), { code: "not_allowed" });

    assert.equal(desk.presence, "online");
  }));
