/* Who the browser is: tokens across reloads, sign-in, expiry, and never somebody else's token. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../console/static/src/shared/errors.js";
import { Session } from "../../console/static/src/widget/session.js";
import { MemoryStorage, tick } from "./lossy_desk.mjs";

const jwt = (sub, exp) => `e30.${Buffer.from(JSON.stringify({ sub, exp })).toString("base64url")}.x`;

function sessionWith({ storage = new MemoryStorage(), refuse = () => false, renewToken = async () => null } = {}) {
  const posted = [];
  const session = new Session({
    key: "demo",
    storage,
    renewToken,
    post: async (_path, body) => {
      posted.push(body);
      if (refuse(body)) throw new Refused({ code: "not_signed_in" });
      return { ok: true, visitor_token: `token-${posted.length}`, conversation_id: "c", customer: { verified: Boolean(body.jwt) } };
    },
  });
  return { session, posted, storage };
}

test("a reload goes on with the stored token", async () => {
  const { session, storage } = sessionWith();
  await session.open();

  const { session: reloaded, posted } = sessionWith({ storage });
  await reloaded.open();

  assert.equal(posted[0].visitor_token, "token-1");
});

test("signing in as another customer does not show the first one's token", async () => {
  const { session, posted } = sessionWith();
  session.identify(jwt("anna"));
  await session.open();

  session.identify(jwt("bert"));
  await session.open();

  assert.equal(posted[1].visitor_token, undefined);
});

test("a visitor who signs in keeps the token", async () => {
  const { session, posted } = sessionWith();
  await session.open();

  session.identify(jwt("anna"));
  await session.open();

  assert.equal(posted[1].visitor_token, "token-1");
});

test("a sign-in waits for the visitor's session and goes on from it", async () => {
  const storage = new MemoryStorage();
  const answers = [];
  const post = (_path, body) => new Promise((resolve) => answers.push({ body, resolve }));
  const session = new Session({ key: "demo", storage, renewToken: async () => null, post });
  const answer = (conversation_id) => answers.at(-1).resolve({ ok: true, visitor_token: "t", conversation_id, customer: {} });

  const visit = session.open();
  session.identify(jwt("anna"));
  const signedIn = session.open();
  await tick();
  assert.equal(answers.length, 1);
  answer("visitor's");
  await visit;
  await tick();
  answer("anna's");
  await signedIn;

  assert.equal(answers[1].body.visitor_token, "t");
  assert.equal(session.info.conversation_id, "anna's");
});

test("a session that could not be opened does not stop the next", async () => {
  let isDown = true;
  const { session } = sessionWith({ refuse: () => isDown });
  await assert.rejects(session.open());

  isDown = false;

  assert.equal((await session.open()).conversation_id, "c");
});

test("the session names whose it is, and a visitor's names nobody", async () => {
  const { session } = sessionWith();
  await session.open();
  const visitors = session.subject;

  session.identify(jwt("anna"));
  await session.open();

  assert.deepEqual([visitors, session.subject], [undefined, "anna"]);
});

test("the session names whose it is also where the browser keeps nothing", async () => {
  const nothing = { getItem: () => null, setItem() {}, removeItem() {} };
  const { session } = sessionWith({ storage: nothing });
  session.identify(jwt("anna"));
  await session.open();

  assert.equal(session.subject, "anna");
});

test("an answer is kept for whoever was asked about, also when the next signs in meanwhile", async () => {
  const storage = new MemoryStorage();
  const answers = [];
  const post = (_path, body) => new Promise((resolve) => answers.push({ body, resolve }));
  const session = new Session({ key: "demo", storage, renewToken: async () => null, post });
  const answer = (token) => answers.at(-1).resolve({ ok: true, visitor_token: token, conversation_id: token, customer: { verified: true } });

  session.identify(jwt("anna"));
  const first = session.open();
  await tick();
  session.identify(jwt("bert"));
  const second = session.open();
  answer("anna's");
  await first;
  const between = session.subject;
  await tick();
  answer("bert's");
  await second;

  assert.deepEqual([between, session.subject], ["anna", "bert"]);
  assert.equal(answers[1].body.visitor_token, undefined);
});

test("signing out forgets the token", async () => {
  const { session, posted } = sessionWith();
  session.identify(jwt("anna"));
  await session.open();

  session.identify(null);
  await session.open();

  assert.deepEqual(posted[1], { key: "demo" });
});

test("an expired sign-in is renewed through the page, once", async () => {
  const asked = [];
  const fresh = jwt("anna", 2);
  const { session, posted } = sessionWith({
    refuse: (body) => body.jwt === jwt("anna", 1),
    renewToken: async () => {
      asked.push(1);
      return fresh;
    },
  });
  session.identify(jwt("anna", 1));

  await session.open();
  session.identify(null);

  assert.equal(asked.length, 1);
  assert.deepEqual(posted.map((body) => body.jwt), [jwt("anna", 1), fresh]);
});

test("without a fresh sign-in the visitor's token is kept", async () => {
  const { session, posted, storage } = sessionWith({ refuse: (body) => Boolean(body.jwt) });
  await session.open();
  session.identify(jwt("anna", 1));

  await session.open();

  assert.deepEqual(posted.at(-1), { key: "demo", visitor_token: "token-1" });
  assert.equal(storage.length, 1);
});

test("a dead visitor token is dropped and a new one begins", async () => {
  const { session, posted, storage } = sessionWith({ refuse: (body) => body.visitor_token === "old" });
  storage.setItem("baton.session.demo", JSON.stringify({ token: "old" }));

  await session.open();

  assert.equal(posted[1].visitor_token, undefined);
  assert.equal(session.token, "token-2");
});

test("other refusals are the caller's business", async () => {
  const { session } = sessionWith();
  session.post = async () => {
    throw new Refused({ code: "not_allowed" });
  };

  await assert.rejects(session.open(), { code: "not_allowed" });
});
