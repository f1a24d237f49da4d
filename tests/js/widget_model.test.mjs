/* The widget without its looks, against the mock desk: closing, going on, changing identity. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Refused } from "../../console/static/src/shared/errors.js";
import { openSocket } from "../../console/static/src/shared/socket_client.js";
import { Chat } from "../../console/static/src/widget/chat.js";
import { Session } from "../../console/static/src/widget/session.js";
import { WidgetModel } from "../../console/static/src/widget/widget_model.js";
import { MemoryStorage } from "./lossy_desk.mjs";
import { startMockDesk } from "./mock_desk.mjs";

let mock;
before(async () => (mock = await startMockDesk({ replyAfterMs: 5 })));
after(() => mock.close());

async function post(path, body) {
  const reply = await (await fetch(mock.url + path, { method: "POST", body: JSON.stringify(body) })).json();
  if (!reply.ok) throw new Refused(reply.error);
  return reply;
}

class Page extends EventTarget {
  unread = 0;
  tell(type, { n }) {
    if (type === "unread") this.unread = n;
  }
}

const jwt = (sub) => `e30.${Buffer.from(JSON.stringify({ sub, name: sub })).toString("base64url")}.x`;

async function widget(context, { asks = post } = {}) {
  const storage = new MemoryStorage();
  const session = new Session({ key: "demo", storage, renewToken: async () => null, post: asks });
  const bridge = new Page();
  const open = (options) => openSocket({ url: mock.url, forceNew: true, ...options });
  const model = new WidgetModel({ session, storage, bridge, makeChat: (parts) => new Chat({ ...parts, open }) });
  await model.start({ open: true });
  context.after(() => model.chat.close());
  await until(() => model.chat.isLoaded);
  return { model, bridge, storage };
}

async function until(isTrue, withinMs = 5_000) {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("did not happen in time");
}

const stored = (chat) => [...mock.desk.conversations.values()].find((one) => one.id === chat.id);
const own = (events) => events.filter((event) => event.actor.kind === "customer").map((event) => event.body.text);
const close = (chat) => mock.desk.append(stored(chat), { kind: "agent", id: "a", name: "Lin" }, {}, { type: "conversation_resolved" });

test("a message that meets a closed conversation goes on in the next one, once", async (context) => {
  const { model } = await widget(context);
  model.chat.post("first");
  await until(() => own(model.chat.events).length === 1);
  const before = model.chat;
  const old = stored(before);
  old.state.state = "resolved"; // closed, and the news has not arrived yet

  model.chat.post("second");
  await until(() => model.chat !== before && own(model.chat.events).length === 1);

  assert.deepEqual(own(old.events), ["first"]);
  assert.deepEqual(own(model.chat.events), ["second"]);
  assert.deepEqual(own(model.earlier), ["first"]);
  assert.equal(model.chat.conversation.pending.length, 0);
});

test("going on after the end keeps what was said on the screen", async (context) => {
  const { model } = await widget(context);
  model.chat.post("first");
  await until(() => own(model.chat.events).length === 1);
  const before = model.chat;
  close(before);
  await until(() => before.state.state === "resolved");

  await model.goOn();

  assert.notEqual(model.chat, before);
  assert.deepEqual(own(model.earlier), ["first"]);
});

test("signing out leaves nothing of the conversation on the screen or in storage", async (context) => {
  const { model, storage } = await widget(context);
  model.chat.post("private");
  await until(() => own(model.chat.events).length === 1);
  const before = model.chat.id;

  await model.identify(null);

  assert.notEqual(model.chat.id, before);
  assert.deepEqual(model.earlier, []);
  assert.ok(!storage.getItem("baton.session.demo").includes(before));
});

/** A desk whose session takes its time for whoever signs in; `answer()` lets it go on. */
function slowSignIn() {
  let answer;
  const mayAnswer = new Promise((resolve) => (answer = resolve));
  return { answer, asks: async (path, body) => (body.jwt && (await mayAnswer), post(path, body)) };
}

test("what a visitor writes while signing in arrives once, in the conversation they then have", async (context) => {
  const { asks, answer } = slowSignIn();
  const { model } = await widget(context, { asks });
  const visitors = model.chat;

  const signedIn = model.identify(jwt("anna"));
  model.chat.post("one");
  model.chat.askPerson("A person");
  answer();
  await signedIn;
  await until(() => own(model.chat.events).length === 2);

  assert.notEqual(model.chat, visitors);
  assert.deepEqual(own(model.chat.events), ["one", "转人工"]);
  assert.deepEqual(own(stored(visitors).events), []);
});

test("what is on its way when a visitor signs in is stored before the session is opened", async (context) => {
  let before;
  const asks = async (path, body) => {
    if (body.jwt) before = own(stored(visitors).events);
    return post(path, body);
  };
  const { model } = await widget(context, { asks });
  const visitors = model.chat;

  visitors.post("one");
  await model.identify(jwt("bea"));

  assert.deepEqual(before, ["one"]);
});

test("what one customer left unsent never goes out in the name of the next", async (context) => {
  const { asks, answer } = slowSignIn();
  const { model } = await widget(context, { asks });
  answer();
  await model.identify(jwt("carla"));
  await until(() => model.chat.line === "online");

  const signedIn = model.identify(jwt("dora"));
  model.chat.post("Carla's words");
  await signedIn;
  await until(() => model.chat.isLoaded);

  assert.deepEqual(own(model.chat.events), []);
  assert.equal(model.chat.conversation.pending.length, 0);
});

/** A desk that answers one sign-in after the other, each when `answers[n]()` says so. */
function signInsOneByOne() {
  const answers = [];
  const asks = async (path, body) => {
    if (body.jwt) await new Promise((resolve) => answers.push(resolve));
    return post(path, body);
  };
  return { answers, asks };
}

test("between two sign-ins nothing is sent, although the first has its answer", async (context) => {
  const { asks, answers } = signInsOneByOne();
  const { model } = await widget(context, { asks });

  const signIns = [model.identify(jwt("fay")), model.identify(jwt("fay"))];
  await until(() => answers.length === 1);
  answers[0]();
  await signIns[0];
  await until(() => answers.length === 2 && model.chat.line === "online");
  model.chat.post("one");
  await new Promise((resolve) => setTimeout(resolve, 100)); // as long as a message takes many times over
  const between = own(stored(model.chat).events);
  answers[1]();
  await signIns[1];
  await until(() => own(model.chat.events).length === 1);

  assert.deepEqual(between, []);
  assert.deepEqual(own(stored(model.chat).events), ["one"]);
});

test("what is written between the sign-ins of two customers is sent for neither", async (context) => {
  const { asks, answers } = signInsOneByOne();
  const { model } = await widget(context, { asks });

  const signIns = [model.identify(jwt("gil"))];
  await until(() => answers.length === 1);
  signIns.push(model.identify(jwt("hana"))); // while the answer for gil is on its way
  answers[0]();
  await signIns[0];
  await until(() => answers.length === 2 && model.chat.line === "online");
  const first = model.chat;
  first.post("whose?");
  answers[1]();
  await signIns[1];
  await until(() => model.chat !== first && model.chat.isLoaded);

  assert.deepEqual([own(stored(first).events), own(model.chat.events)], [[], []]);
});

test("two sign-ins in one step take the words of the customer before along to neither", async (context) => {
  const { asks, answer } = slowSignIn();
  const { model } = await widget(context, { asks });
  answer();
  await model.identify(jwt("ida"));
  await until(() => model.chat.line === "online");

  const signIns = [model.identify(jwt("ida")), model.identify(jwt("jan"))];
  model.chat.post("Ida's words");
  await Promise.all(signIns);
  await until(() => model.chat.isLoaded);

  assert.deepEqual(own(model.chat.events), []);
  assert.equal(model.chat.conversation.pending.length, 0);
});

test("a sign-in that the desk does not answer lets the visitor go on", async (context) => {
  const asks = async (path, body) => {
    if (body.jwt) throw new Refused({ code: "error" });
    return post(path, body);
  };
  const { model } = await widget(context, { asks });

  await model.identify(jwt("eve"));
  model.chat.post("one");

  await until(() => own(model.chat.events).length === 1);
});

test("what arrives while the panel is closed is counted, and reading takes the count away", async (context) => {
  const { model, bridge } = await widget(context);
  model.setOpen(false);

  mock.desk.append(stored(model.chat), { kind: "bot", id: "", name: "" }, { kind: "text", text: "news" });
  await until(() => bridge.unread === 1);
  model.chat.read(model.chat.lastSeq);

  assert.equal(bridge.unread, 0);
});

test("asking for a person twice asks once while the first is on its way", async (context) => {
  const { model } = await widget(context);

  model.chat.askPerson("A person");
  model.chat.askPerson("A person");
  await until(() => model.chat.state.state === "queued");

  assert.equal(own(model.chat.events).length, 1);
  assert.equal(model.chat.state.position, 3);
});
