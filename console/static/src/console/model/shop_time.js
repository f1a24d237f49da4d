// The shop's clock. Rules run in Asia/Shanghai, which has no summer time, so a fixed offset is exact
// and an agent who works from elsewhere still promises "today 18:00" in the customer's day.

const OFFSET_MS = 8 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

/** The shop-local midnight (as ms since the epoch) of the day that holds `now`, `days` later. */
export function shopMidnight(now, days = 0) {
  return Math.floor((now + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS + days * DAY_MS;
}

/** A shop-local time of day, `days` after today. */
export function shopTime(now, days, hour, minute = 0) {
  return new Date(shopMidnight(now, days) + (hour * 60 + minute) * 60000);
}

/** 0 Sunday … 6 Saturday in the shop. */
export function shopWeekday(ms) {
  return new Date(ms + OFFSET_MS).getUTCDay();
}

/** Value for <input type="datetime-local">, in shop time. */
export function toLocalInput(date) {
  return new Date(date.getTime() + OFFSET_MS).toISOString().slice(0, 16);
}

/** Date from an <input type="datetime-local"> that was filled in shop time; null when empty or odd. */
export function fromLocalInput(value) {
  const [minutes] = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(value) ?? [];
  return minutes ? new Date(Date.parse(`${minutes}:00Z`) - OFFSET_MS) : null;
}
