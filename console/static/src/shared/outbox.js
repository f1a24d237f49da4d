/*
 * What was written here and is not yet known to be stored.
 *
 * A message keeps its `client_msg_id` from the first try to the last, is written to storage before
 * the first try, and leaves storage only when the desk has acknowledged it. One is under way at a
 * time, so they arrive in the order they were written. No answer stalls the queue (the ones behind
 * must not overtake); a refusal concerns only the refused message.
 */
import { NotConnected, Refused } from "./errors.js";
import { newId } from "./id.js";
import { OutboxStore } from "./outbox_store.js";
import { backoffMs, waitMs } from "./timing.js";

/** Tries without an answer before the customer is told and asked to retry. */
const TRIES_BEFORE_FAILED = 5;

export class Outbox {
  /** Oldest first: `{client_msg_id, name, payload, shown?, state, created_at, tries, error?, seq?, at?}`. */
  items = [];

  #online = false;
  #isHeld = false;
  #running = false;
  #underWay = null; // the try whose answer is awaited
  #store;

  /**
   * `send(item)` resolves to the acknowledgement `{seq, at}`; rejects with `Refused`, `NoAnswer`
   * or `NotConnected`. `scope` names the conversation: two conversations never share messages.
   */
  constructor({ scope, storage, send, onChange = () => {}, onAcknowledged = () => {}, ...rest }) {
    this.send = send;
    this.onChange = onChange;
    this.onAcknowledged = onAcknowledged;
    this.now = rest.now ?? (() => new Date());
    this.newId = rest.newId ?? newId;
    this.wait = rest.wait ?? waitMs;
    this.#store = new OutboxStore(storage, scope);
    this.items = this.#store.load();
  }

  /**
   * Stores the message, then sends it when its turn comes. Returns the item at once.
   * `shown`: the body to draw meanwhile, where it differs from what is sent (a button's label).
   */
  add(name, payload, shown) {
    this.#revive((stalled) => !stalled.error); // a new message must not overtake those without an answer
    const item = {
      client_msg_id: this.newId(),
      name,
      payload,
      shown,
      state: "sending",
      created_at: this.now().toISOString(),
      tries: 0,
    };
    this.items.push(item);
    this.#store.save(item);
    this.#changed();
    this.#run();
    return item;
  }

  /** The line is up: whatever was not answered is tried again, with the same id. */
  resume() {
    this.#online = true;
    this.#revive((item) => !item.error);
    this.#run();
  }

  /** The line is down: nothing is tried until `resume`. */
  pause() {
    this.#online = false;
  }

  /**
   * Whose messages these are is being settled: nothing new is tried until `release`. Resolves when
   * the one that is under way has its answer.
   */
  async hold() {
    this.#isHeld = true;
    await this.#underWay;
  }

  release() {
    this.#isHeld = false;
    this.#run();
  }

  /** The customer pressed "retry" on one message; everything stalled behind it moves as well. */
  retry(clientMsgId) {
    this.#revive((item) => item.client_msg_id === clientMsgId || !item.error);
    this.#run();
  }

  /** The customer gave a message up. Only one that failed can be given up. */
  discard(clientMsgId) {
    const item = this.#find(clientMsgId);
    if (item?.state === "failed") this.#remove(item);
  }

  /** The conversation shows this message now; the outbox need not. */
  settle(clientMsgId) {
    const item = this.#find(clientMsgId);
    if (item) this.#remove(item);
  }

  /** Forgets acknowledged messages up to `seq`: the conversation shows them. */
  settleUpTo(seq) {
    for (const item of this.items.filter((one) => one.state === "sent" && one.seq <= seq)) {
      this.#remove(item);
    }
  }

  #find(clientMsgId) {
    return this.items.find((item) => item.client_msg_id === clientMsgId);
  }

  #remove(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#store.remove(item);
    this.#changed();
  }

  #revive(wanted) {
    const revived = this.items.filter((item) => item.state === "failed" && wanted(item));
    for (const item of revived) {
      Object.assign(item, { state: "sending", tries: 0, error: undefined });
      this.#store.save(item);
    }
    if (revived.length > 0) this.#changed();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let item = this.#next(); item; item = this.#next()) {
        this.#underWay = this.#attempt(item);
        const pause = await this.#underWay;
        if (pause > 0) await this.wait(pause);
      }
    } finally {
      this.#running = false; // in the same step as the last look, so no message falls between
    }
  }

  #next() {
    const mayTry = this.#online && !this.#isHeld;
    return mayTry ? this.items.find((item) => item.state === "sending") : undefined;
  }

  /** One try; returns the milliseconds to wait before the next. */
  async #attempt(item) {
    item.tries += 1;
    try {
      this.#acknowledged(item, await this.send(item));
      return 0;
    } catch (error) {
      return this.#failed(item, error);
    }
  }

  #acknowledged(item, { seq, at }) {
    this.#store.remove(item);
    if (!this.items.includes(item)) return; // the conversation showed it before the answer came
    Object.assign(item, { state: "sent", seq, at });
    this.onAcknowledged(item);
    this.#changed();
  }

  #failed(item, error) {
    if (!this.items.includes(item)) return 0;
    if (error instanceof NotConnected) return this.#lostLine(item);
    if (error instanceof Refused && !error.isPassing) return this.#refused(item, error);
    if (item.tries >= TRIES_BEFORE_FAILED) return this.#stalled();
    return Math.max(error.retryAfterMs ?? 0, backoffMs(item.tries - 1));
  }

  #lostLine(item) {
    item.tries -= 1; // it was not tried
    return backoffMs(0); // `pause` is on its way, or the line is back already
  }

  #refused(item, { code, message, details }) {
    Object.assign(item, { state: "failed", error: { code, message, details } });
    this.#store.save(item);
    this.#changed();
    return 0;
  }

  #stalled() {
    for (const item of this.items.filter((one) => one.state === "sending")) item.state = "failed";
    this.#changed();
    return 0;
  }

  #changed() {
    this.onChange(this.items);
  }
}
