// Messages of conversations that are not on the screen: an agent who writes and switches on must not have to
// come back for them to go out. Each such conversation gets an outbox over what its own one left in storage;
// both use the same message ids, so a message that both try is still stored once.
import { Outbox } from "../../shared/socket_client.js";

export const outboxScope = (agentId, id) => `agent.${agentId}.${id}`;

export class LeftBehind {
  #outboxes = new Map(); // conversation id → Outbox
  #online = false;

  /** `send(id, item)` as in `Outbox`. */
  constructor({ storage, agentId, send, onChange }) {
    Object.assign(this, { storage, agentId, send, onChange });
  }

  /** After a reload: every conversation that still has something to send. */
  adoptAll() {
    const prefix = `baton.outbox.${outboxScope(this.agentId, "")}`;
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
    const ids = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).split(".")[0]);
    new Set(ids).forEach((id) => this.adopt(id));
  }

  /** The conversation has left the screen; whatever it still holds goes out from here. */
  adopt(id) {
    const outbox = new Outbox({
      scope: outboxScope(this.agentId, id),
      storage: this.storage,
      send: (item) => this.send(id, item),
      onChange: () => this.#changed(id),
      onAcknowledged: (item) => outbox.settle(item.client_msg_id),
    });
    if (outbox.items.length === 0) return;
    this.#outboxes.set(id, outbox);
    if (this.#online) outbox.resume();
    this.onChange();
  }

  /** The conversation is on the screen again and sends for itself. */
  release(id) {
    this.#outboxes.get(id)?.pause();
    this.#outboxes.delete(id);
  }

  /** How many messages of this conversation are still here. */
  count(id) {
    return this.#outboxes.get(id)?.items.length ?? 0;
  }

  resume() {
    this.#online = true;
    for (const outbox of this.#outboxes.values()) outbox.resume();
  }

  pause() {
    this.#online = false;
    for (const outbox of this.#outboxes.values()) outbox.pause();
  }

  #changed(id) {
    if (this.count(id) === 0) this.#outboxes.delete(id);
    this.onChange();
  }
}
