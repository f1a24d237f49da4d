/* One Socket.IO connection and one way to ask: an answer, a refusal, or silence, told apart. */
import { io } from "socket.io-client";
import { NoAnswer, NotConnected, Refused } from "./errors.js";

const ANSWER_WITHIN_MS = 8_000;

/**
 * Opens a namespace. `auth` is a function so that a reconnect uses the token of that moment.
 * Nothing is buffered by the library: what must survive lives in the outbox.
 */
export function openSocket({ namespace, url = "", auth = () => ({}), ...options }) {
  return io(`${url}${namespace}`, {
    auth: (give) => give(auth()),
    transports: ["websocket", "polling"],
    tryAllTransports: true, // a proxy that blocks websockets costs one failed try, not the chat
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.4,
    ...options,
  });
}

/** Resolves to the acknowledgement; rejects with `Refused`, `NoAnswer` or `NotConnected`. */
export async function request(socket, name, payload = {}, withinMs = ANSWER_WITHIN_MS) {
  if (!socket.connected) throw new NotConnected();
  let reply;
  try {
    reply = await socket.timeout(withinMs).emitWithAck(name, payload);
  } catch {
    throw socket.connected ? new NoAnswer() : new NotConnected();
  }
  if (!reply?.ok) throw new Refused(reply?.error);
  return reply;
}

/** Sends something that may be lost (typing, read marks): never waits, never queues. */
export function hint(socket, name, payload = {}) {
  if (socket.connected) socket.volatile.emit(name, payload, () => {});
}
