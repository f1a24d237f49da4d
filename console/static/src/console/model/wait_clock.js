// How bad a wait is, and how far a due time is away. Pure: the time is an argument.
// An agent silent for 100 s raises the alarm; at 60 s there is still time to prevent it.

const SOON_MS = 60_000;
const LATE_MS = 100_000;
const MINUTE_MS = 60_000;

/** Milliseconds since `since` (ISO-8601); never negative, because clocks differ. */
export function waitedMs(since, now) {
  return Math.max(0, now - Date.parse(since));
}

/** "calm" | "soon" | "late". */
export function waitLevel(ms) {
  if (ms >= LATE_MS) return "late";
  return ms >= SOON_MS ? "soon" : "calm";
}

/** {overdue, days, hours, minutes} between now and `dueAt`; a started minute counts while time is left. */
export function timeLeft(dueAt, now) {
  const ms = Date.parse(dueAt) - now;
  const minutes = ms < 0 ? Math.floor(-ms / MINUTE_MS) : Math.ceil(ms / MINUTE_MS);
  return {
    overdue: ms < 0,
    days: Math.floor(minutes / 1440),
    hours: Math.floor((minutes % 1440) / 60),
    minutes: minutes % 60,
  };
}
