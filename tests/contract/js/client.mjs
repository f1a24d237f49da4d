/* The real JavaScript client against the transport: `node client.mjs SCENARIO URL OPTIONS`.
   Prints one line of JSON. socket.io-client comes from the pages' own node_modules. */
import { createRequire } from "node:module";

const pages = new URL("../../../console/static/package.json", import.meta.url);
const { io } = createRequire(pages)("socket.io-client");

const [, , scenario, url, given] = process.argv;
const options = JSON.parse(given ?? "{}");
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function connect(namespace, more = {}) {
  return io(`${url}${namespace}`, {
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
    auth: { token: "secret" },
    ...(options.client ?? {}),
    ...more,
  });
}

function once(socket, event, ms = 8000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within ${ms} ms`)), ms);
    socket.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}

const transportOf = (socket) => socket.io.engine.transport.name;
const ask = (socket, ...args) => socket.timeout(8000).emitWithAck(...args);

async function connected(namespace, more) {
  const socket = connect(namespace, more);
  await once(socket, "connect");
  return socket;
}

const scenarios = {
  /** Some events with their answers. */
  async ask() {
    const socket = await connected(options.namespace ?? "/customer");
    const answers = [];
    for (const [event, ...args] of options.events) answers.push(await ask(socket, event, ...args));
    return { answers, transport: transportOf(socket) };
  },

  /** Many numbered messages without waiting in between. */
  async order() {
    const socket = await connected("/customer");
    const sent = Array.from({ length: options.count }, (_, n) => ask(socket, "count", { n }));
    const answers = await Promise.all(sent);
    return { acked: answers.map((answer) => answer.n), transport: transportOf(socket) };
  },

  /** Messages written before there is a connection. */
  async buffered() {
    const socket = connect("/customer", { autoConnect: false });
    const answers = [];
    for (let n = 0; n < options.count; n += 1) {
      socket.emit("count", { n }, (...args) => answers.push(args.at(-1)?.n));
    }
    socket.connect();
    const end = Date.now() + 10_000;
    while (answers.length < options.count && Date.now() < end) await sleep(20);
    return { acked: answers, transport: transportOf(socket) };
  },

  async upgrade() {
    const socket = connect("/customer");
    const upgraded = once(socket.io.engine, "upgrade");
    const begun = await once(socket.io, "open").then(() => transportOf(socket));
    await upgraded;
    const answers = [await ask(socket, "echo", { n: 1 })];
    const pushes = [];
    socket.on("pushed", ({ n }) => pushes.push(n));
    await ask(socket, "push", { count: 20, rooms: ["everybody"] });
    await sleep(100);
    return { begun, ended: transportOf(socket), answers, pushes };
  },

  /** Pushed to from the first moment, while the transport changes under it. */
  async upgrade_under_load() {
    const socket = connect("/customer");
    const pushes = [];
    socket.on("pushed", ({ n }) => pushes.push(n));
    const upgraded = once(socket.io.engine, "upgrade");
    await once(socket, "connect");
    await ask(socket, "push", { count: options.count, rooms: ["everybody"], every_s: 0.005 });
    await upgraded;
    await sleep(200);
    return { pushes, ended: transportOf(socket) };
  },

  async namespaces() {
    const customer = await connected("/customer", { forceNew: false });
    const agent = await connected("/agent", { forceNew: false });
    return {
      same: customer.io === agent.io,
      customer: await ask(customer, "echo", 1),
      agent: await ask(agent, "echo", 2),
    };
  },

  async refused() {
    const [error] = await once(connect("/customer", { auth: { token: "wrong" } }), "connect_error");
    const [nowhere] = await once(connect("/nowhere"), "connect_error");
    return { message: error.message, data: error.data, nowhere: nowhere.message };
  },

  /** Tells of its connection, and reconnects when it is lost; after `connects` connections it stays
      until stdin closes, so that whoever looks for its last one finds it. */
  async reconnect() {
    const socket = connect("/customer");
    const seen = [];
    socket.on("disconnect", (reason) => seen.push(reason));
    await once(socket, "connect");
    process.stdout.write("connected\n");
    for (let n = 1; n < options.connects; n += 1) await once(socket, "connect", 15_000);
    for await (const _ of process.stdin);
    return { seen, answer: await ask(socket, "echo", "back") };
  },

  async oversized() {
    const socket = connect("/customer");
    await once(socket, "connect");
    const lost = once(socket, "disconnect");
    socket.emit("echo", { text: "x".repeat(options.size) });
    const [reason, details] = await lost;
    await once(socket, "connect");
    const code = details?.context?.code ?? details?.description ?? null;
    return { reason, code, answer: await ask(socket, "echo", "still here") };
  },

  async binary() {
    const socket = connect("/customer", { reconnection: false });
    await once(socket, "connect");
    const lost = once(socket, "disconnect");
    socket.emit("echo", { picture: Buffer.alloc(1000) });
    return { reason: (await lost)[0] };
  },

  /** Receives what is pushed until stdin closes. */
  async listen() {
    const socket = await connected("/customer", { auth: { token: "secret", room: options.room } });
    const got = [];
    const reasons = [];
    socket.on("pushed", ({ n }) => got.push(n));
    socket.on("disconnect", (reason) => reasons.push(reason));
    process.stdout.write("connected\n");
    for await (const _ of process.stdin);
    return { got, reasons, connected: socket.connected };
  },
};

const say = (report) => process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
scenarios[scenario]().then(say, (error) => say({ error: String(error) }));
