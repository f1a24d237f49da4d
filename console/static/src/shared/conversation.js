/*
 * One conversation as a page shows it: the log of what is stored, then what is still on its way.
 * Used by the widget and by the console; they differ only in how they fetch and send.
 */
import { ConversationLog } from "./conversation_log.js";
import { Outbox } from "./outbox.js";
import { waitMs } from "./timing.js";

/** How long after an acknowledgement the push may take before we ask for it. */
const PUSH_GRACE_MS = 1_500;

export class Conversation extends EventTarget {
  /**
   * `isOwn(event)`: written by the person at this screen. `scope`: key of the outbox.
   * Emits `change` after anything visible changed and `events` (detail: fresh events).
   */
  constructor({ scope, storage, fetchAfter, send, isOwn, onSnapshot = () => {}, wait = waitMs, ...rest }) {
    super();
    this.isOwn = isOwn;
    this.wait = wait;
    this.readByPeer = 0;
    this.log = new ConversationLog({ fetchAfter, onSnapshot, onEvents: (fresh) => this.#shown(fresh), wait });
    this.outbox = new Outbox({
      scope,
      storage,
      send,
      onChange: () => this.#changed(),
      onAcknowledged: (item) => this.#acknowledged(item),
      wait,
      ...rest,
    });
  }

  /** The line is up: fetch what was missed and send what was not sent. */
  async connected() {
    this.outbox.resume();
    return this.log.catchUp();
  }

  disconnected() {
    this.outbox.pause();
  }

  receive(event) {
    this.log.receive(event);
  }

  markReadByPeer(seq) {
    if (!(seq > this.readByPeer)) return;
    this.readByPeer = seq;
    this.#changed();
  }

  /** Own messages that are not in the log yet, oldest first. */
  get pending() {
    return this.outbox.items;
  }

  /** "read" or "sent" for an own event, null for everybody else's. */
  statusOf(event) {
    if (!this.isOwn(event)) return null;
    return event.seq <= this.readByPeer ? "read" : "sent";
  }

  close() {
    this.outbox.pause();
    this.log.stop();
  }

  #shown(fresh) {
    for (const event of fresh) if (event.client_msg_id) this.outbox.settle(event.client_msg_id);
    this.outbox.settleUpTo(this.log.lastSeq);
    this.dispatchEvent(new CustomEvent("events", { detail: fresh }));
    this.#changed();
  }

  #acknowledged(item) {
    if (item.seq <= this.log.lastSeq) queueMicrotask(() => this.outbox.settleUpTo(this.log.lastSeq));
    else this.wait(PUSH_GRACE_MS).then(() => this.log.reach(item.seq)).catch(() => {});
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
