// A desk for the console's tests and screenshots: the agent side of the protocol on node http and Socket.IO,
// in memory. `node console_mock_desk.mjs` serves the built console on port 8790 (PORT).
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  AGENTS,
  CANNED,
  checkedClaim,
  checkedReturn,
  detailsOf,
  ME,
  ORDERS,
  PRODUCTS,
  QUEUES,
  storyOf,
  summaries,
} from "./console_mock_data.mjs";

const staticDir = fileURLToPath(new URL("../../console/static/", import.meta.url));
const { Server } = createRequire(join(staticDir, "package.json"))("socket.io");
const DIST = process.env.BATON_DIST ?? join(staticDir, "dist");
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".map": "application/json" };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' ws:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export class MockDesk {
  conversations = new Map(summaries().map((summary) => [summary.conversation_id, summary]));
  logs = new Map();
  seen = new Map(); // client_msg_id → acknowledgement
  calls = []; // [name, payload] of every socket command, oldest first
  refuse = new Map(); // command → error, for one call
  signedIn = true;
  losing = false; // true: acknowledges nothing, as a half-open line does

  async start(port = 0) {
    this.http = createServer((request, response) => this.#serve(request, response));
    this.io = new Server(this.http, { serveClient: false });
    this.agents = this.io.of("/agent");
    this.agents.on("connection", (socket) => this.#connected(socket));
    await new Promise((resolve) => this.http.listen(port, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.http.address().port}`;
    return this;
  }

  async stop() {
    await this.io.close();
  }

  refuseNext(command, error) {
    this.refuse.set(command, error);
  }

  /** Cuts every line as a network would; clients come back by themselves. */
  cut() {
    this.agents.sockets.forEach((socket) => socket.conn.close());
  }

  log(id) {
    if (!this.logs.has(id)) this.logs.set(id, storyOf(id));
    return this.logs.get(id);
  }

  summary(id) {
    const summary = this.conversations.get(id);
    return summary && { ...summary, version: this.log(id).length };
  }

  /** Stores an event and pushes it; `push: false` is the hint that got lost. */
  append(id, type, actor, body, { push = true, client_msg_id } = {}) {
    const log = this.log(id);
    const event = {
      conversation_id: id,
      seq: log.length + 1,
      prev: log.length,
      type,
      actor,
      at: new Date().toISOString(),
      body,
      client_msg_id,
    };
    log.push(event);
    if (push) {
      this.agents.to(id).emit(type, event);
      // As the desk does: who watches has the message and counts it; rows go to the others.
      if (type !== "message_posted" || !this.agents.adapter.rooms.has(id)) this.changed(id);
    }
    return event;
  }

  customerSays(id, text, options) {
    const summary = this.conversations.get(id);
    Object.assign(summary, {
      last_text: text,
      last_at: new Date().toISOString(),
      unread: summary.unread + 1,
      waiting_since: summary.waiting_since ?? new Date().toISOString(),
    });
    return this.append(
      id,
      "message_posted",
      { kind: "customer", id: summary.customer.id, name: summary.customer.name },
      { kind: "text", text },
      options,
    );
  }

  changed(id) {
    this.agents.emit("conversation_changed", { summary: this.summary(id) });
  }

  offer(id, seconds = 30) {
    Object.assign(this.conversations.get(id), { state: "offered" });
    const brief = { what: this.conversations.get(id).last_text, next_step: "先安抚,再查第二个包裹" };
    this.agents.emit("handoff_offered", {
      conversation_id: id,
      summary: this.summary(id),
      brief,
      offer_expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
    });
  }

  #connected(socket) {
    socket.onAny((name, payload, acknowledge) => {
      this.calls.push([name, payload]);
      if (this.losing) return;
      const error = this.refuse.get(name);
      this.refuse.delete(name);
      acknowledge?.(error ? { ok: false, error } : { ok: true, ...this.#command(name, payload ?? {}, socket) });
    });
  }

  #command(name, payload, socket) {
    const { conversation_id: id } = payload;
    const me = { kind: "agent", id: ME.id, name: ME.name };
    const head = this.conversations.get(id);
    const commands = {
      watch: () => {
        socket.join(id);
        const events = this.log(id).filter((event) => event.seq > payload.after);
        return {
          events,
          head: this.log(id).length,
          summary: this.summary(id),
          read_by_customer: this.log(id).length - 3,
        };
      },
      unwatch: () => void socket.leave(id),
      post_message: () =>
        this.#once(payload.client_msg_id, () => {
          Object.assign(head, {
            unread: 0,
            waiting_since: undefined,
            last_text: payload.body.text || "[图片]",
            last_at: new Date().toISOString(),
          });
          return this.append(id, "message_posted", me, payload.body, { client_msg_id: payload.client_msg_id });
        }),
      add_note: () =>
        this.#once(payload.client_msg_id, () =>
          this.append(id, "note_added", me, { text: payload.text }, { client_msg_id: payload.client_msg_id }),
        ),
      accept_handoff: () => this.#join(id, head, me),
      take_over: () => this.#join(id, head, me),
      decline_handoff: () => {
        head.state = "queued";
        this.changed(id);
      },
      transfer_conversation: () => {
        const to = payload.to.queue ?? AGENTS.find((agent) => agent.id === payload.to.agent_id);
        Object.assign(head, { state: payload.to.queue ? "queued" : "offered", assignee: null });
        this.append(id, "note_added", me, { text: payload.note, transfer: true });
        this.append(id, "conversation_transferred", me, payload.to.queue ? { to_queue: to } : { to_name: to.name });
      },
      return_to_bot: () => {
        Object.assign(head, { state: "with_bot", assignee: null, waiting_since: undefined });
        this.append(id, "returned_to_bot", me, payload);
      },
      resolve_conversation: () => {
        Object.assign(head, { state: "resolved", assignee: null, waiting_since: undefined });
        this.append(id, "conversation_resolved", me, { wrap_up: payload.wrap_up });
      },
      make_promise: () =>
        void this.append(id, "promise_made", me, { promise_id: "pr_9", text: payload.text, due_at: payload.due_at }),
      list_agents: () => ({ agents: AGENTS, queues: QUEUES }),
      read: () => {
        if (head.unread > 0) {
          head.unread = 0;
          this.changed(id);
        }
      },
    };
    return commands[name]?.() ?? {};
  }

  #join(id, head, me) {
    Object.assign(head, { state: "with_agent", assignee: { id: me.id, name: me.name } });
    this.append(id, "agent_joined", me, { agent_id: me.id, name: me.name });
    return { version: this.log(id).length };
  }

  #once(key, store) {
    if (!this.seen.has(key)) {
      const { seq, at } = store();
      this.seen.set(key, { seq, at });
    }
    return this.seen.get(key);
  }

  #serve(request, response) {
    const url = new URL(request.url, "http://desk");
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const body = request.headers["content-type"]?.includes("json") ? JSON.parse(text || "{}") : {};
      this.#route(request.method, url, body, response);
    });
  }

  #route(method, { pathname, searchParams }, body, response) {
    const json = (value, status = 200) =>
      response
        .writeHead(status, { "Content-Type": "application/json" })
        .end(JSON.stringify({ ok: status === 200, ...value }));
    const conversation = /^\/api\/conversations\/([^/]+)(?:\/(\w+))?$/.exec(pathname);
    if (pathname === "/console") return page(response, this.signedIn ? "console-app" : "sign-in");
    if (pathname.startsWith("/static/")) return asset(response, pathname.slice(8));
    if (pathname.startsWith("/mock/goods/")) return picture(response, pathname);
    if (!pathname.startsWith("/api/") && pathname !== "/console/login") return response.writeHead(404).end();
    if (pathname === "/console/login") return this.#login(body, json);
    if (!this.signedIn) return json({ error: { code: "not_signed_in", message: "" } }, 401);
    if (pathname === "/api/me") return json({ agent: ME, csrf: "c" });
    if (pathname === "/api/logout") {
      this.signedIn = false;
      return json({});
    }
    if (pathname === "/api/conversations" && this.isBarred)
      return json({ error: { code: "not_allowed", message: "", details: {} } }, 403);
    if (pathname === "/api/conversations") return json(this.#list(searchParams));
    if (pathname === "/api/canned_responses") return json({ canned_responses: CANNED });
    if (pathname === "/api/products")
      return json({ products: PRODUCTS.filter((product) => product.title.includes(searchParams.get("q") ?? "")) });
    if (pathname === "/api/uploads") return json({ upload_id: "u_2", width: 800, height: 600 });
    if (pathname.endsWith("/work_orders/reveal"))
      return json({ values: { text: "今天下午回电 13800001005", phone: "13800001005", window_start: new Date().toISOString() } });
    if (pathname.endsWith("/reveal"))
      return json({
        value: { phone: "138 5710 6027", email: "sunian@example.com", address: "杭州市余杭区文一西路 99 号 3 幢" }[
          body.field
        ],
      });
    if (conversation && this.conversations.has(conversation[1]))
      return json(this.#resource(method, conversation[1], conversation[2], body, searchParams));
    return json({ error: { code: "not_found", message: "" } }, 404);
  }

  #login({ login, password }, json) {
    if (password !== "right") return json({ error: { code: "not_signed_in", message: "" } }, 401);
    this.signedIn = true;
    return json({ login });
  }

  #before(id, seq) {
    const older = this.log(id).filter((event) => event.seq < seq);
    return older.slice(-50);
  }

  #list(params) {
    const view = params.get("view");
    const q = params.get("q");
    const held = [...this.conversations.keys()]
      .map((id) => this.summary(id))
      .filter((summary) => inView(view, summary));
    return { conversations: q ? held.filter((summary) => JSON.stringify(summary).includes(q)) : held };
  }

  #resource(method, id, rest, body, params) {
    if (rest === "events") return { events: this.#before(id, Number(params.get("before"))) };
    if (rest === "known_answers") return { known: knownIn(body.text, detailsOf(this.summary(id))) };
    if (method === "GET") return detailsOf(this.summary(id));
    const card = { price_protection: checkedClaim, returns: checkedReturn }[rest]?.() ?? ORDERS.cust_su[0];
    if (body.check) return { card };
    this.append(id, "message_posted", { kind: "agent", id: ME.id, name: ME.name }, { kind: "card", text: "", card });
    return { card };
  }
}

/** A stand-in for the desk's reading of drafts: a question with the name of a fact in it. */
function knownIn(text, { context_card: card }) {
  const asked = card.facts.filter(({ label }) => /[?？吗]|多少/.test(text) && text.includes(label));
  return asked.map(({ name, label, shown }) => ({ slot: name, label, shown }));
}

function inView(view, summary) {
  if (view === "resolved") return summary.state === "resolved";
  if (summary.state === "resolved") return false;
  const waiting = summary.state === "queued" || summary.state === "offered";
  return view === "mine" ? summary.assignee?.id === ME.id && !waiting : view === "waiting" ? waiting : true;
}

function page(response, tag) {
  const manifest = JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf8"));
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP })
    .end(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>baton</title><link rel="stylesheet" href="/static/${manifest["console.css"]}">
<script type="module" src="/static/${manifest["console.js"]}"></script></head><body class="console"><${tag}></${tag}></body></html>`);
}

function asset(response, name) {
  const path = join(DIST, name);
  if (name.includes("..") || !existsSync(path)) return response.writeHead(404).end();
  return response
    .writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" })
    .end(readFileSync(path));
}

function picture(response, name) {
  const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 360;
  response
    .writeHead(200, { "Content-Type": "image/svg+xml" })
    .end(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60" width="800" height="600"><rect width="80" height="60" fill="hsl(${hue} 35% 82%)"/><circle cx="40" cy="30" r="15" fill="hsl(${hue} 35% 55%)"/></svg>`,
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const desk = await new MockDesk().start(Number(process.env.PORT ?? 8790));
  desk.signedIn = process.env.SIGNED_OUT !== "1";
  console.log(desk.url);
  process.stdin.on("data", (line) => {
    const [method, ...args] = JSON.parse(line);
    desk[method](...args);
  });
}
