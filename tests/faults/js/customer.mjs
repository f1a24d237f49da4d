/* A customer behind a bad line, made of the pages' own code: `node customer.mjs OPTIONS`.
   careful: outbox and log as in the widget. careless: plain emits, pushed events only.
   Writes `count` messages, then waits for a line on stdin and prints what it knows. */
import { createInterface } from "node:readline";
import { Conversation, openSocket, request } from "../../../console/static/src/shared/socket_client.js";

const { url, token, count, pause_ms: pause, careful, name } = JSON.parse(process.argv[2]);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const stored = new Map();
const storage = {
  get length() { return stored.size; },
  key: (n) => [...stored.keys()][n] ?? null,
  getItem: (key) => stored.get(key) ?? null,
  setItem: (key, value) => stored.set(key, value),
  removeItem: (key) => stored.delete(key),
};

const socket = openSocket({
  namespace: "/customer",
  url,
  auth: () => ({ token }),
  reconnectionDelay: 100,
  reconnectionDelayMax: 400,
});
const written = [];
const acked = {};
const body = (n) => ({ body: { kind: "text", text: `${name} ${n}` } });

function carefulCustomer() {
  const conversation = new Conversation({
    scope: name,
    storage,
    isOwn: (event) => event.actor.kind === "customer",
    fetchAfter: (after) => request(socket, "catch_up", { after }, 2000),
    send: async (item) => {
      const answer = await request(
        socket, item.name, { client_msg_id: item.client_msg_id, ...item.payload }, 2000,
      );
      acked[item.client_msg_id] = answer.seq;
      return answer;
    },
    wait: (ms) => sleep(Math.min(ms, 300)),
  });
  socket.on("connect", () => conversation.connected());
  socket.on("disconnect", () => conversation.disconnected());
  socket.onAny((_name, event) => event?.seq && conversation.receive(event));
  return {
    write: (n) => written.push(conversation.outbox.add("post_message", body(n)).client_msg_id),
    async settle() {
      const unsettled = () => conversation.outbox.items.some((item) => item.state !== "sent");
      for (let left = 200; left > 0 && (unsettled() || !socket.connected); left -= 1) {
        conversation.outbox.resume();
        await sleep(100);
      }
      await conversation.log.catchUp();
    },
    shown: () => conversation.log.events,
  };
}

function carelessCustomer() {
  const shown = [];
  socket.onAny((_name, event) => event?.seq && shown.push(event));
  return {
    write(n) {
      const id = crypto.randomUUID();
      written.push(id);
      const taken = (answer) => answer?.ok && (acked[id] = answer.seq);
      socket.volatile.emit("post_message", { client_msg_id: id, ...body(n) }, taken);
    },
    settle: () => sleep(500),
    shown: () => shown,
  };
}

const customer = careful ? carefulCustomer() : carelessCustomer();
const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
for (let n = 0; n < count; n += 1) {
  customer.write(n);
  await sleep(pause);
}
process.stdout.write("written\n");
await told.next();
await customer.settle();
const shown = customer.shown().map(({ seq, client_msg_id }) => ({ seq, client_msg_id }));
process.stdout.write(`${JSON.stringify({ written, acked, shown })}\n`, () => process.exit(0));
