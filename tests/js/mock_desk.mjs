/*
 * A desk to develop the pages against: the real templates, the real bundles, a scripted bot.
 * `node tests/js/mock_desk.mjs [port]`. Not a product: it keeps everything in memory.
 */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cards, demoCustomers, demoOrders, demoProducts } from "./mock_data.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const staticDir = join(root, "console/static");
const { Server } = createRequire(join(staticDir, "package.json"))("socket.io");

const manifestPath = join(staticDir, "dist/manifest.json");

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".map": "application/json" };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws:; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** Starts on `port` (0: any). Resolves to `{url, desk, close}`. */
export async function startMockDesk({ port = 0, replyAfterMs = 500 } = {}) {
  const desk = new MockDesk(replyAfterMs);
  const server = createServer((request, response) => desk.http(request, response));
  desk.io = new Server(server, { serveClient: false });
  desk.io.of("/customer").on("connection", (socket) => desk.greet(socket));
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, desk, close: () => desk.io.close() };
}

class MockDesk {
  conversations = new Map(); // by visitor token
  engine = "ready";
  dropAnswers = 0; // so many acknowledgements are stored but not sent
  dropPushes = 0;

  constructor(replyAfterMs) {
    this.replyAfterMs = replyAfterMs;
    this.pages = new Map();
  }

  async http(request, response) {
    const url = new URL(request.url, "http://mock");
    if (url.pathname.startsWith("/socket.io")) return;
    const body = await bodyOf(request);
    const found = this.route(request, url, body);
    response.writeHead(found.status ?? 200, { "Content-Type": found.type ?? "application/json", ...found.headers });
    response.end(found.text ?? found.bytes ?? JSON.stringify(found.json));
  }

  route(request, url, body) {
    const at = `${request.method} ${url.pathname}`;
    const lang = url.searchParams.get("lang") === "en" ? "en" : "zh";
    const routes = {
      "GET /": () => this.page("shop.html", lang),
      "GET /favicon.ico": () => ({ status: 204, text: "" }),
      "GET /patterns": () => this.page("patterns.html", lang),
      "GET /widget/frame": () => this.page("widget.html", lang),
      "GET /widget.js": () => file(join(staticDir, "dist/widget-loader.js")),
      "POST /api/widget/session": () => ({ json: this.session(JSON.parse(body.toString() || "{}")) }),
      "POST /api/widget/uploads": () => ({ json: { ok: true, upload_id: "up_1", width: 240, height: 180 } }),
      "GET /demo/products": () => ({ json: { ok: true, products: demoProducts(lang) } }),
      "GET /demo/customers": () => ({ json: { ok: true, customers: demoCustomers(lang) } }),
      "GET /demo/orders": () => ({ json: { ok: true, orders: demoOrders(lang) } }),
      "POST /demo/sign-in": () => ({ json: { ok: true, jwt: jwtOf(JSON.parse(body).customer_no) } }),
      "POST /mock": () => ({ json: this.command(JSON.parse(body)) }),
    };
    if (routes[at]) return routes[at]();
    if (url.pathname.startsWith("/static/")) return file(join(staticDir, "dist", url.pathname.slice(8)));
    if (url.pathname.startsWith("/art/")) return file(join(staticDir, url.pathname));
    return { status: 404, json: { ok: false, error: { code: "not_found", message: "not found", details: {} } } };
  }

  page(name, lang) {
    const key = `${name} ${lang} ${statSync(manifestPath).mtimeMs}`; // a new bundle shows without a restart
    if (!this.pages.has(key)) this.pages.set(key, render(name, lang));
    return { type: "text/html; charset=utf-8", text: this.pages.get(key), headers: { "Content-Security-Policy": CSP } };
  }

  /** Test hooks: `{do: "cut"}`, `{do: "engine", state}`, `{do: "drop", answers, pushes}`, `{do: "say", text}`, … */
  command({ do: what, ...values }) {
    const all = [...new Set(this.conversations.values())];
    if (what === "cut") for (const socket of this.io.of("/customer").sockets.values()) socket.conn.close();
    if (what === "drop") Object.assign(this, { dropAnswers: values.answers ?? 0, dropPushes: values.pushes ?? 0 });
    if (what === "engine") this.#engineIs(values.state);
    if (what === "say") for (const one of all) this.append(one, { kind: values.kind ?? "bot", id: "x", name: values.name ?? "" }, { kind: "text", text: values.text });
    if (what === "event") for (const one of all) this.append(one, { kind: "agent", id: "a1", name: "林晓" }, values.body ?? {}, { type: values.type });
    return { ok: true };
  }

  #engineIs(state) {
    this.engine = state;
    this.io.of("/customer").emit("engine_changed", { state });
  }

  session({ visitor_token: token, jwt, lang = "zh" }) {
    const customer = jwt ? { name: claims(jwt).name, verified: true } : { name: "", verified: false };
    const key = jwt ? `c-${claims(jwt).sub}` : (token ?? randomUUID());
    let conversation = this.conversations.get(key);
    if (!conversation || conversation.state.state === "resolved") {
      conversation = { id: randomUUID(), events: [], answers: new Map(), lang, state: { state: "with_bot", agent: null, read_by_agent: 0 } };
      this.conversations.set(key, conversation);
    }
    const limits = { text: 4000, picture_bytes: 10485760 };
    return { ok: true, visitor_token: key, conversation_id: conversation.id, customer, lang, engine: this.engine, limits };
  }

  greet(socket) {
    const conversation = this.conversations.get(socket.handshake.auth.token);
    if (!conversation) return socket.disconnect();
    socket.join(conversation.id);
    const answering = (name, work) => socket.on(name, (payload, ack) => this.#answer(ack, () => work(payload)));
    answering("catch_up", ({ after }) => ({ ok: true, events: conversation.events.filter((one) => one.seq > after), head: conversation.events.length, state: { ...conversation.state, engine: this.engine } }));
    answering("post_message", (payload) => this.#post(conversation, payload, payload.body));
    answering("press_button", (payload) => this.#press(conversation, payload));
    answering("ask_person", (payload) => this.#askPerson(conversation, payload));
    answering("read", () => ({ ok: true }));
    answering("typing", () => ({ ok: true }));
  }

  #answer(ack, work) {
    const reply = work();
    if (reply.seq && this.dropAnswers > 0) this.dropAnswers -= 1;
    else ack?.(reply);
  }

  #post(conversation, { client_msg_id: id }, body) {
    const known = conversation.answers.get(id);
    if (known) return known;
    if (conversation.state.state === "resolved") return { ok: false, error: { code: "conversation_resolved", message: "closed", details: {} } };
    const shown = body.kind === "picture" ? { ...body, url: "/art/digital.svg", width: 240, height: 180 } : body;
    const event = this.append(conversation, { kind: "customer", id: "c", name: "" }, shown, { id });
    const answer = { ok: true, seq: event.seq, at: event.at };
    conversation.answers.set(id, answer);
    this.#botAnswers(conversation, body.text ?? "");
    return answer;
  }

  #press(conversation, payload) {
    const buttons = conversation.events.flatMap((event) => event.body.buttons ?? []);
    const button = buttons.find((one) => one.id === payload.button_id);
    if (!button) return { ok: false, error: { code: "not_found", message: "no such button", details: {} } };
    return this.#post(conversation, payload, { kind: "text", text: button.label, button_id: button.id });
  }

  #askPerson(conversation, payload) {
    const answer = this.#post(conversation, payload, { kind: "text", text: conversation.lang === "en" ? "Talk to a person" : "转人工" });
    Object.assign(conversation.state, { state: "queued", position: 3 });
    const text = conversation.lang === "en" ? "I'm handing you over to a person. 2 ahead of you." : "已为您转接人工,前面还有 2 位。";
    this.append(conversation, { kind: "system", id: "", name: "" }, { position: 3, text }, { type: "handoff_requested" });
    return answer;
  }

  #botAnswers(conversation, text) {
    if (this.engine !== "ready" || conversation.state.state === "with_agent") return;
    const bot = { kind: "bot", id: "", name: "" };
    this.io.of("/customer").to(conversation.id).emit("typing", { actor: bot, on: true });
    setTimeout(() => this.append(conversation, bot, replyTo(text, conversation.lang)), this.replyAfterMs);
  }

  append(conversation, actor, body, { type = "message_posted", id } = {}) {
    const seq = conversation.events.length + 1;
    const event = { conversation_id: conversation.id, seq, prev: seq - 1, type, actor, at: new Date().toISOString(), body };
    if (id) event.client_msg_id = id;
    conversation.events.push(event);
    if (type === "agent_joined") Object.assign(conversation.state, { state: "with_agent", agent: { name: body.name } });
    if (type === "conversation_resolved") conversation.state.state = "resolved";
    if (this.dropPushes > 0) this.dropPushes -= 1;
    else this.io.of("/customer").to(conversation.id).emit(type, event);
    return event;
  }
}

function replyTo(text, lang) {
  const known = Object.entries(cards(lang)).find(([, { words }]) => words.test(text));
  if (known) return { kind: "card", text: known[1].text, card: known[1].card, buttons: (known[1].buttons ?? []).map((label) => ({ id: `b_${randomUUID()}`, label })) };
  const ask = lang === "en" ? "Sorry, I did not get that. Did you mean:" : "抱歉,没有完全理解。您想问的是:";
  const labels = lang === "en" ? ["Order status", "Tracking", "None of these"] : ["订单状态", "物流进度", "都不是"];
  return { kind: "text", text: ask, buttons: labels.map((label) => ({ id: `b_${randomUUID()}`, label })) };
}

function render(name, lang) {
  const script = `
import json, sys
from jinja2 import Environment, FileSystemLoader
manifest = json.load(open(sys.argv[2]))
env = Environment(loader=FileSystemLoader(sys.argv[1]), autoescape=True)
env.globals["asset"] = lambda name: "/static/" + manifest[name]
print(env.get_template(sys.argv[3]).render(lang=sys.argv[4], widget_origins=[], widget_key="demo", desk_origin=""))`;
  const python = process.env.BATON_PYTHON ?? join(root, ".venv/bin/python");
  return execFileSync(python, ["-c", script, join(root, "console/templates"), manifestPath, name, lang], { encoding: "utf8" });
}

function file(path) {
  try {
    return { type: TYPES[extname(path)] ?? "application/octet-stream", bytes: readFileSync(path) };
  } catch {
    return { status: 404, json: { ok: false, error: { code: "not_found", message: "not found", details: {} } } };
  }
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

const claims = (jwt) => JSON.parse(Buffer.from(jwt.split(".")[1], "base64url"));
function jwtOf(customerNo) {
  const name = demoCustomers("zh").find((one) => one.customer_no === customerNo)?.name;
  const payload = { sub: customerNo, name, exp: Math.floor(Date.now() / 1000) + 600 };
  return `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.sig`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startMockDesk({ port: Number(process.argv[2] ?? 8099) });
  console.log(url);
}
