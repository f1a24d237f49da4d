// Which conversations a tab shows, and in which order. Pure functions over summaries.

export const VIEWS = ["mine", "waiting", "all", "resolved"];
const WAITING = new Set(["queued", "offered"]);

export function belongsTo(view, summary, agentId) {
  if (view === "resolved") return summary.state === "resolved";
  if (summary.state === "resolved") return false;
  if (view === "mine") return summary.assignee?.id === agentId && !WAITING.has(summary.state);
  // Somebody who has only opened the window is nobody's business yet.
  return view === "waiting" ? WAITING.has(summary.state) : Boolean(summary.last_at);
}

/** Sorted copy: who has waited longest (or has the highest priority) on top, then the latest word. */
export function inOrder(view, summaries) {
  return [...summaries].sort(view === "waiting" ? byPriority : view === "mine" ? byWaiting : byLastWord);
}

function byPriority(a, b) {
  return (b.priority ?? 0) - (a.priority ?? 0) || byWaiting(a, b);
}

function byWaiting(a, b) {
  if (a.waiting_since && b.waiting_since) return a.waiting_since < b.waiting_since ? -1 : 1;
  if (a.waiting_since || b.waiting_since) return a.waiting_since ? -1 : 1;
  return byLastWord(a, b);
}

function byLastWord(a, b) {
  return a.last_at < b.last_at ? 1 : a.last_at > b.last_at ? -1 : a.conversation_id < b.conversation_id ? -1 : 1;
}

export function matches(summary, query) {
  const wanted = query.trim().toLowerCase();
  const fields = [summary.customer?.name, summary.last_text, summary.conversation_id];
  return !wanted || fields.some((field) => field?.toLowerCase().includes(wanted));
}
