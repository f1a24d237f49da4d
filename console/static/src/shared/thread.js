/*
 * From what is stored and what is on its way to the rows of a thread. Pure: the same input gives
 * the same rows, so it is tested without a browser.
 */
import { dayKey } from "./format.js";

/** Messages of one author within this span stand under one name. */
const SAME_BREATH_MS = 3 * 60_000;

/** Event types that show as a message; notes exist only in the console. */
export const isMessage = (event) => event.type === "message_posted" || event.type === "note_added";

/** An unsent item in the shape of a stored event, so that one component draws both. */
export function eventOfItem(item, actor) {
  return {
    type: item.name === "add_note" ? "note_added" : "message_posted",
    actor,
    at: item.at ?? item.created_at,
    client_msg_id: item.client_msg_id,
    body: item.shown ?? item.payload.body ?? item.payload,
  };
}

/**
 * Rows: `{kind: "day"|"unread"|"event"|"pending", key, at?, event?, item?, grouped?}`.
 * `shows(event)` says whether an event is drawn at all; `unreadAfter` is the last seq that was read
 * when the thread was opened, or null for no divider.
 */
export function threadRows({ events, pending = [], me, shows = isMessage, isOwn = () => false, unreadAfter = null }) {
  const rows = [];
  let previous = null;
  let divided = unreadAfter === null;
  const add = (event, row) => {
    if (!previous || dayKey(previous.at) !== dayKey(event.at)) rows.push({ kind: "day", key: `day-${dayKey(event.at)}`, at: event.at });
    if (!divided && event.seq > unreadAfter && !isOwn(event)) {
      rows.push({ kind: "unread", key: "unread" });
      divided = true;
      previous = null;
    }
    rows.push({ ...row, event, grouped: follows(previous, event) });
    previous = event;
  };
  for (const event of events) if (shows(event)) add(event, { kind: "event", key: `e${event.conversation_id ?? ""}-${event.seq}` });
  for (const item of pending) add(eventOfItem(item, me), { kind: "pending", key: `p${item.client_msg_id}`, item });
  return rows;
}

function follows(previous, event) {
  if (!previous || !isMessage(previous) || !isMessage(event) || previous.type !== event.type) return false;
  const same = previous.actor.kind === event.actor.kind && previous.actor.id === event.actor.id;
  return same && new Date(event.at) - new Date(previous.at) < SAME_BREATH_MS && dayKey(previous.at) === dayKey(event.at);
}

/** Which button of which message was chosen: ids of all pressed buttons, stored or on their way. */
export function pressedButtons(events, pending = []) {
  const pressed = new Set();
  for (const event of events) if (event.body?.button_id) pressed.add(event.body.button_id);
  for (const item of pending) if (item.name === "press_button" && item.state !== "failed") pressed.add(item.payload.button_id);
  return pressed;
}

/** How many messages of others came after `readSeq`. */
export const unreadCount = (events, readSeq, isOwn) =>
  events.filter((event) => event.seq > readSeq && event.type === "message_posted" && !isOwn(event)).length;

/** State of every promise by id, as the latest event about it says. */
export function promiseStates(events) {
  const states = new Map();
  for (const { type, body } of events) {
    const [, state] = /^promise_(made|kept|extended|broken|void)(?:ed)?$/.exec(type) ?? [];
    if (state) states.set(body.promise_id, { ...states.get(body.promise_id), ...body, state: body.state ?? state });
  }
  return states;
}
