// The rows of a thread as templates: days, the line before unread messages, messages, happenings.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { day } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import "../../shared/message.js";
import { isMessage, pressedButtons, threadRows } from "../../shared/thread.js";
import { hasLine } from "../model/happened.js";
import "./happening.js";

const shows = (event) => isMessage(event) || hasLine(event);

/** `unreadAfter`: the last seq that had been read on opening, null for no line. */
export function rowsOf(desk, unreadAfter) {
  const { conversation, events } = desk.open;
  const { pending, isOwn } = conversation;
  const me = { kind: "agent", id: desk.me.id, name: desk.me.name };
  const rows = threadRows({ events, pending, me, shows, isOwn, unreadAfter: lineAfter(events, unreadAfter) });
  const pressed = pressedButtons(events);
  return repeat(
    rows,
    (row) => row.key,
    (row) => rowOf(row, { conversation, pressed, line: desk.line }),
  );
}

/** The seq before the first message that was unread when the conversation was opened; null for none. */
export function lastReadSeq({ events, unreadOnOpen }) {
  if (!unreadOnOpen) return null;
  const fromCustomer = events.filter((event) => event.type === "message_posted" && event.actor.kind === "customer");
  const first = fromCustomer.at(-unreadOnOpen);
  return first ? first.seq - 1 : null;
}

/** No line when no message that has been read stands above it. */
function lineAfter(events, unreadAfter) {
  return events.some((event) => isMessage(event) && event.seq <= unreadAfter) ? unreadAfter : null;
}

function rowOf(row, around) {
  if (row.kind === "day") return html`<p class="day"><span>${day(row.at)}</span></p>`;
  if (row.kind === "unread") return html`<p class="unread" id="unread"><span>${t("thread.unread")}</span></p>`;
  if (!isMessage(row.event)) return html`<thread-happening .event=${row.event}></thread-happening>`;
  return message(row, around);
}

function message({ event, item, grouped }, { conversation, pressed, line }) {
  return html`<baton-message
    .event=${event}
    ?own=${Boolean(item) || conversation.isOwn(event)}
    ?grouped=${grouped}
    .status=${statusOf(event, item, conversation, line)}
    .pressed=${pressed}
    locked
    .error=${item?.error}></baton-message>`;
}

/** A note is for colleagues: nobody has to be told whether the customer has read it. */
function statusOf(event, item, conversation, line) {
  if (item) return item.state === "sending" && line !== "up" ? "waiting" : item.state;
  return event.type === "note_added" ? undefined : (conversation.statusOf(event) ?? undefined);
}
