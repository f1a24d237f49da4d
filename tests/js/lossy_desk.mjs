/* A desk in memory behind a bad line: it loses, doubles and reorders what the seed tells it to. */
import { NoAnswer, NotConnected } from "../../console/static/src/shared/errors.js";

/** Repeatable randomness (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

export const tick = () => new Promise((resolve) => setImmediate(resolve));

/** A `localStorage` twin. */
export class MemoryStorage {
  #values = new Map();
  get length() {
    return this.#values.size;
  }
  key(index) {
    return [...this.#values.keys()][index] ?? null;
  }
  getItem(key) {
    return this.#values.get(key) ?? null;
  }
  setItem(key, value) {
    this.#values.set(key, String(value));
  }
  removeItem(key) {
    this.#values.delete(key);
  }
}

export class LossyDesk {
  events = [];
  up = true;

  /** `loss`: chance that a request, an answer or a push is lost. */
  constructor({ seed = 1, loss = 0, onPush = () => {}, saysId = true }) {
    this.random = randomFrom(seed);
    this.loss = loss;
    this.onPush = onPush;
    this.saysId = saysId;
    this.answers = new Map();
  }

  async send(item) {
    await tick();
    if (!this.up) throw new NotConnected();
    if (this.#loses()) throw new NoAnswer();
    const answer = this.#store(item);
    await tick();
    if (this.#loses()) throw new NoAnswer();
    return answer;
  }

  async fetchAfter(after) {
    await tick();
    if (!this.up) throw new NotConnected();
    if (this.#loses()) throw new NoAnswer();
    const missing = this.events.filter((event) => event.seq > after);
    return { events: missing.slice(0, 7), head: this.events.length, state: {} };
  }

  /** Somebody else writes. */
  say(text) {
    this.#append({ kind: "bot", id: "bot" }, { kind: "text", text });
  }

  #store(item) {
    const known = this.answers.get(item.client_msg_id);
    if (known) return known;
    const event = this.#append({ kind: "customer", id: "c1" }, item.payload.body, item.client_msg_id);
    const answer = { ok: true, seq: event.seq, at: event.at };
    this.answers.set(item.client_msg_id, answer);
    return answer;
  }

  #append(actor, body, clientMsgId) {
    const seq = this.events.length + 1;
    const event = { type: "message_posted", seq, prev: seq - 1, actor, body, at: "2026-03-04T05:06:07Z" };
    if (this.saysId && clientMsgId) event.client_msg_id = clientMsgId;
    this.events.push(event);
    this.#push(event);
    return event;
  }

  #push(event) {
    if (!this.up || this.#loses()) return;
    const late = this.random() < this.loss ? 5 : 0;
    this.#deliver(event, late);
    if (this.#loses()) this.#deliver(event, late + 2);
  }

  async #deliver(event, ticks) {
    for (let i = 0; i <= ticks; i += 1) await tick();
    if (this.up) this.onPush(event);
  }

  #loses() {
    return this.random() < this.loss;
  }
}
