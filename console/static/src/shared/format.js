/* Figures and times as people read them. Wire values are fen and UTC; local form exists only here. */
import { lang, t } from "./i18n.js";

/** Shop time: customers and agents speak about the same "today". */
const ZONE = "Asia/Shanghai";
const HOUR_MS = 3_600_000;

const locale = () => (lang() === "en" ? "en-GB" : "zh-CN");
const formatter = (options) => new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...options });

/** 129900 → "¥1,299.00"; negative amounts carry a real minus sign. */
export function money(fen) {
  const yuan = Math.trunc(Math.abs(fen) / 100).toLocaleString("en-US");
  const rest = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${fen < 0 ? "−" : ""}¥${yuan}.${rest}`;
}

/** "14:05" */
export const clock = (at) => formatter({ hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(at));

/** "2026-03-04" in shop time: equal for equal days. */
export const dayKey = (at) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(at));

/** "今天", "昨天", "3月4日", with the year when it is another one. */
export function day(at, now = new Date()) {
  const key = dayKey(at);
  if (key === dayKey(now)) return t("time.today");
  if (key === dayKey(now.getTime() - 24 * HOUR_MS)) return t("time.yesterday");
  if (key === dayKey(now.getTime() + 24 * HOUR_MS)) return t("time.tomorrow");
  const year = key.slice(0, 4) === dayKey(now).slice(0, 4) ? {} : { year: "numeric" };
  return formatter({ ...year, month: lang() === "en" ? "short" : "long", day: "numeric" }).format(new Date(at));
}

/** "今天 14:05" */
export const dayAndTime = (at, now = new Date()) => `${day(at, now)} ${clock(at)}`;

/** "刚刚", "5 分钟前", "2 小时前", then the day. */
export function relative(at, now = new Date()) {
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);
  if (minutes < 1) return t("time.just_now");
  if (minutes < 60) return t("time.minutes_ago", { n: minutes });
  if (minutes < 24 * 60) return t("time.hours_ago", { n: Math.floor(minutes / 60) });
  return dayAndTime(at, now);
}

/** A running clock: "0:42", "12:05", "1:03:20". Negative spans count as 0. */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** Seconds as words people wait by: "约 3 分钟". */
export function aboutMinutes(seconds) {
  return t("time.about_minutes", { n: Math.max(1, Math.round(seconds / 60)) });
}

/** Bytes as "820 KB" or "3.4 MB". */
export function fileSize(bytes) {
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
