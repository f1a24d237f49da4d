// What the messages of the open conversation change in its row. The desk does not send rows for messages to
// those who watch: they have the events, so they count themselves – with the rule of console/desk/conversation.py.

const SNIPPET = 80;

/**
 * `summary` brought up to the last of `events`; what was on the screen up to `readUpTo` counts as read.
 * `version` stays the desk's: a row that is under way must not look old because of what we counted.
 */
export function withMessages(summary, events, readUpTo = 0) {
  const known = Math.max(summary.version, summary.counted_to ?? 0);
  const row = events.filter((event) => event.seq > known && event.type === "message_posted").reduce(after, summary);
  const last = Math.max(known, events.at(-1)?.seq ?? 0);
  return { ...row, counted_to: last, unread: readUpTo >= last ? 0 : row.unread };
}

function after(summary, { actor, body, at }) {
  const row = { ...summary, last_text: (body.text ?? "").slice(0, SNIPPET) || summary.last_text, last_at: at };
  if (actor.kind === "customer") return customerSpoke(row, at);
  return actor.kind === "agent" ? { ...row, unread: 0, waiting_since: null } : row;
}

function customerSpoke(row, at) {
  const waiting = row.state === "with_bot" ? null : (row.waiting_since ?? at);
  return { ...row, unread: row.unread + 1, waiting_since: waiting };
}
