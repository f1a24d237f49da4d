// The console's small rules: promised times, canned responses, clocks, tabs, drafts, words.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { questions } from "../../console/static/src/console/model/asked.js";
import { cannedIn, cannedQuery, fillCanned, matchCanned } from "../../console/static/src/console/model/canned.js";
import { promiseIn, promiseSentence } from "../../console/static/src/console/model/composing.js";
import { Drafts } from "../../console/static/src/console/model/drafts.js";
import { findDuePhrase, zhNumber } from "../../console/static/src/console/model/due_phrase.js";
import { isEditable, namedFacts } from "../../console/static/src/console/model/facts.js";
import { withMessages } from "../../console/static/src/console/model/fold.js";
import { pictureProblem } from "../../console/static/src/console/model/picture.js";
import { fromLocalInput, shopTime, toLocalInput } from "../../console/static/src/console/model/shop_time.js";
import { belongsTo, inOrder } from "../../console/static/src/console/model/views.js";
import { timeLeft, waitLevel } from "../../console/static/src/console/model/wait_clock.js";
import { CATEGORIES, FAULT_PARTIES, guessStage, RESULTS } from "../../console/static/src/console/model/wrap_up.js";
import en from "../../console/static/src/console/texts.en.js";
import zh from "../../console/static/src/console/texts.zh.js";
import sharedEn from "../../console/static/src/shared/texts.en.js";
import sharedZh from "../../console/static/src/shared/texts.zh.js";

const SOURCE = fileURLToPath(new URL("../../console/static/src/console/", import.meta.url));
const NOW = Date.parse("2026-11-20T06:30:00Z"); // Friday, 14:30 in the shop

const DUE = [
  ["我去问仓库,24小时内给您答复。", "2026-11-21T06:30:00.000Z"],
  ["二十四小时之内一定回复您", "2026-11-21T06:30:00.000Z"],
  ["半小时内给您回电", "2026-11-20T07:00:00.000Z"],
  ["15分钟内联系您", "2026-11-20T06:45:00.000Z"],
  ["两个半小时内处理好", "2026-11-20T09:00:00.000Z"],
  ["三天内安排补发", "2026-11-23T06:30:00.000Z"],
  ["1个工作日内退款到账", "2026-11-23T06:30:00.000Z"], // over the weekend
  ["今天18点前给您答复", "2026-11-20T10:00:00.000Z"],
  ["下午5点半之前联系您", "2026-11-20T09:30:00.000Z"],
  ["今晚八点前回电", "2026-11-20T12:00:00.000Z"],
  ["明天上午10:15前告知结果", "2026-11-21T02:15:00.000Z"],
  ["后天12点前反馈给您", "2026-11-22T04:00:00.000Z"],
  ["退款3天内到账", "2026-11-23T06:30:00.000Z"],
  ["You'll have the refund within 3 days", "2026-11-23T06:30:00.000Z"],
  ["I will call you within 24 hours.", "2026-11-21T06:30:00.000Z"],
  ["We get back to you in half an hour", "2026-11-20T07:00:00.000Z"],
  ["You will have an answer by 6 pm today", "2026-11-20T10:00:00.000Z"],
  ["I'll update you by tomorrow noon", "2026-11-21T04:00:00.000Z"],
  ["We will reply by tomorrow 9:30 am", "2026-11-21T01:30:00.000Z"],
];
for (const [text, dueAt] of DUE) {
  test(`a promised time is read: ${text}`, () => {
    assert.equal(findDuePhrase(text, NOW)?.dueAt.toISOString(), dueAt);
  });
}

const NOT_DUE = [
  "签收后7天内可以申请无理由退货",
  "价保期是15天内,可申请退差价",
  "您的订单 2611120087301 已发出",
  "今天9点前给您答复", // has passed
  "保修一年,坏了联系我们",
  "You can return it within 7 days.",
  "好的,请稍等",
  "这款充电2小时就满",
  "The battery lasts 8 hours",
];
for (const text of NOT_DUE) {
  test(`no promise is seen in: ${text}`, () => {
    assert.equal(findDuePhrase(text, NOW), null);
  });
}

test("a promise without a time is noticed, so that the agent can give it one", () => {
  assert.deepEqual(promiseIn("我尽快给您答复", NOW), { phrase: "尽快给您答复", dueAt: null });
  assert.deepEqual(promiseIn("I will get back to you", NOW), { phrase: "get back to you", dueAt: null });
  assert.equal(promiseIn("请尽快寄回", NOW), null);
});

test("the ledger keeps the sentence with the promise, not the whole letter", () => {
  assert.equal(
    promiseSentence("您好!差价我去核实,2小时内给您答复。谢谢。", "2小时内"),
    "差价我去核实,2小时内给您答复。",
  );
});

test("Chinese numbers are read up to ninety-nine", () => {
  assert.deepEqual(["十", "十二", "二十", "三十六", "两"].map(zhNumber), [10, 12, 20, 36, 2]);
});

test("a time typed into the form is shop time on every computer", () => {
  const six = shopTime(NOW, 0, 18);

  assert.equal(six.toISOString(), "2026-11-20T10:00:00.000Z");
  assert.equal(toLocalInput(six), "2026-11-20T18:00");
  assert.deepEqual(fromLocalInput("2026-11-20T18:00"), six);
  assert.equal(fromLocalInput(""), null);
});

const RESPONSES = [
  { title: "请稍等", text: "我查一下", keys: ["qingshaodeng", "qsd"] },
  { title: "结束语", text: "感谢您的耐心", keys: ["jieshuyu", "jsy"] },
  { title: "Hello", text: "qs", keys: [] },
];

test("a canned response is found by pinyin initials first, then by its text", () => {
  assert.deepEqual(
    matchCanned(RESPONSES, "qs").map((one) => one.title),
    ["请稍等", "Hello"],
  );
  assert.deepEqual(
    matchCanned(RESPONSES, "结束").map((one) => one.title),
    ["结束语"],
  );
  assert.equal(matchCanned(RESPONSES, "").length, 3);
});

test("only a draft that is nothing but a slash and letters searches", () => {
  assert.deepEqual(["/", "/QS", "/a b", "and/or", "1/2"].map(cannedQuery), ["", "qs", null, null, null]);
});

test("a canned response goes out in the customer's language, under the agent's title", () => {
  const greeting = { title: "Greeting", texts: { zh: "您好", en: "Hello" }, keys: ["wh"] };

  const read = ["zh", "en", undefined].map((lang) => cannedIn([greeting], lang)[0]);

  assert.deepEqual(
    read.map(({ title, text }) => [title, text]),
    [
      ["Greeting", "您好"],
      ["Greeting", "Hello"],
      ["Greeting", "您好"],
    ],
  );
});

test("an unknown name stays visible in a canned response", () => {
  assert.equal(fillCanned("{customer},订单 {order_no}", { customer: "白露" }), "白露,订单 {order_no}");
});

test("a wait turns amber at 60 and red at 100 seconds", () => {
  assert.deepEqual([59_999, 60_000, 99_999, 100_000].map(waitLevel), ["calm", "soon", "soon", "late"]);
});

test("a started minute counts until the promise is due, a whole one after it", () => {
  const due = "2026-11-20T06:31:30Z";
  assert.deepEqual(timeLeft(due, NOW), { overdue: false, days: 0, hours: 0, minutes: 2 });
  assert.deepEqual(timeLeft(due, NOW + 151_000), { overdue: true, days: 0, hours: 0, minutes: 1 });
  assert.deepEqual(timeLeft("2026-11-22T08:30:00Z", NOW), { overdue: false, days: 2, hours: 2, minutes: 0 });
});

test("an offered conversation is waiting, not mine, and a resolved one is only in its own tab", () => {
  const last_at = "2026-11-20T06:00:00Z";
  const offered = { state: "offered", assignee: { id: "me" }, last_at };
  const resolved = { state: "resolved", assignee: { id: "me" }, last_at };
  const silent = { state: "with_bot", last_at: null };
  const tabs = (summary) => ["mine", "waiting", "all", "resolved"].filter((view) => belongsTo(view, summary, "me"));

  assert.deepEqual(tabs(offered), ["waiting", "all"]);
  assert.deepEqual(tabs(resolved), ["resolved"]);
  assert.deepEqual(tabs(silent), []); // a window that was opened and not written in
});

test("the waiting tab goes by priority, ties by who waited longest", () => {
  const one = (id, priority, since) => ({ conversation_id: id, priority, waiting_since: since });
  const order = inOrder("waiting", [
    one("c", 1, "2026-11-20T06:02:00Z"),
    one("a", 5, "2026-11-20T06:03:00Z"),
    one("b", 1, "2026-11-20T06:01:00Z"),
  ]);

  assert.deepEqual(
    order.map((summary) => summary.conversation_id),
    ["a", "b", "c"],
  );
});

const said = (seq, kind, text, at) => ({ seq, type: "message_posted", actor: { kind }, body: { text }, at });
const ROW = { version: 3, state: "with_agent", unread: 1, last_text: "old", last_at: "t3", waiting_since: "t3" };

test("the row of the open conversation follows its messages, once each", () => {
  const events = [
    said(3, "customer", "old", "t3"),
    said(4, "customer", "new", "t4"),
    said(5, "customer", "more", "t5"),
  ];
  const row = withMessages(ROW, events);

  assert.deepEqual(
    [row.unread, row.last_text, row.last_at, row.waiting_since, row.version],
    [3, "more", "t5", "t3", 3],
  );
  assert.deepEqual(withMessages(row, events), row);
  assert.equal(withMessages(ROW, events, 5).unread, 0);
});

test("an answer ends the wait, and a bot's customer waits for nobody", () => {
  const answered = withMessages(ROW, [said(4, "agent", "here", "t4")]);
  const withBot = withMessages({ ...ROW, state: "with_bot", waiting_since: null }, [said(4, "customer", "hi", "t4")]);

  assert.deepEqual([answered.unread, answered.waiting_since], [0, null]);
  assert.equal(withBot.waiting_since, null);
});

test("only a fact that is shown as it is may be corrected by hand", () => {
  const facts = [
    { name: "slot_window", value: "下午", shown: "下午" },
    { name: "reason", value: "quality_fault", shown: "质量问题" },
    { name: "phone", value: "138****6027", shown: "138****6027" },
    { name: "photos", value: ["u_1"], shown: "1" },
  ];
  assert.deepEqual(facts.map(isEditable), [true, false, false, false]);
});

test("the chosen goods are shown by their title, and by their id when the orders do not tell", () => {
  const orders = [{ lines: [{ line_id: "l1", title: "台灯" }] }];
  const fact = (value) => ({ name: "order_item_id", value, shown: value });

  assert.deepEqual(
    namedFacts([fact("l1"), fact("l9")], orders).map((one) => one.shown),
    ["台灯", "l9"],
  );
});

test("drafts are kept per conversation and kind, also when storage is forbidden", () => {
  const forbidden = {
    getItem() {
      throw new Error("no");
    },
    setItem() {
      throw new Error("no");
    },
    removeItem() {
      throw new Error("no");
    },
  };
  const drafts = new Drafts(forbidden);
  drafts.write("c1", "reply", "to the customer");
  drafts.write("c1", "note", "to a colleague");

  assert.deepEqual(
    [drafts.read("c1", "reply"), drafts.read("c1", "note"), drafts.read("c2", "reply")],
    ["to the customer", "to a colleague", ""],
  );
});

test("a picture of a wrong type or above 10 MB is refused before it is sent", () => {
  assert.equal(pictureProblem({ type: "image/gif", size: 1 }), "error.picture_type");
  assert.equal(pictureProblem({ type: "image/png", size: 10 * 1024 * 1024 + 1 }), "error.picture_size");
  assert.equal(pictureProblem({ type: "image/webp", size: 10 * 1024 * 1024 }), null);
});

test("both languages have the same words", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  const names = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const key of Object.keys(zh)) assert.deepEqual(names(en[key]), names(zh[key]), key);
});

test("every word the console asks for exists", () => {
  const files = readdirSync(SOURCE, { recursive: true }).filter(
    (name) => name.endsWith(".js") && !name.startsWith("texts"),
  );
  const asked = files.flatMap((name) =>
    [...readFileSync(join(SOURCE, name), "utf8").matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key]) => key),
  );
  const known = { ...sharedZh, ...zh };

  assert.ok(asked.length > 100);
  assert.deepEqual(
    asked.filter((key) => !(key in known)),
    [],
  );
  assert.deepEqual(
    Object.keys(zh).filter((key) => key in sharedZh && !key.startsWith("error.")),
    [],
  );
  assert.deepEqual(
    Object.keys(en).filter((key) => key in sharedEn && !key.startsWith("error.")),
    [],
  );
});

test("every category, result and fault of the wrap-up has its words", () => {
  const codes = Object.entries(CATEGORIES).flatMap(([stage, matters]) => [
    `category.${stage}`,
    ...matters.map((matter) => `category.${stage}.${matter}`),
  ]);
  const all = [...codes, ...RESULTS.map((code) => `result.${code}`), ...FAULT_PARTIES.map((code) => `fault.${code}`)];

  assert.deepEqual(
    all.filter((key) => !(key in zh)),
    [],
  );
  assert.deepEqual(["logistics", "member", "unheard_of"].map(guessStage), ["logistics", "account", "order"]);
});

test("a question without an answer is marked, and a go-ahead is not listed", () => {
  const asked = [
    { slot: "reason", is_reask: false },
    { slot: "condition", is_reask: false },
    { slot: "condition", is_reask: false },
    { slot: "reason", is_reask: true },
    { slot: "return_confirmed", is_reask: false },
  ];

  const listed = questions(asked, [{ name: "reason" }]);

  assert.deepEqual(
    listed.map(({ slot, is_reask: again, is_open: open }) => [slot, again, open]),
    [
      ["condition", false, true],
      ["reason", true, false],
    ],
  );
});
