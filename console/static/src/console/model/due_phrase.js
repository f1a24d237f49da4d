// Finds the time an agent is about to promise ("24小时内给您答复", "by 6 pm today") in a reply.
// It only offers: the agent confirms with one key, so a doubtful phrase is left alone.

import { shopTime, shopWeekday } from "./shop_time.js";

const DIGITS = { 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const NUMBER = "(\\d{1,3}|[一二两三四五六七八九十]{1,3}|半)";
// What the desk will do; a time without one of these is the shop's policy, not our word.
const ZH_DOING = /答复|回复|回电|联系|处理|解决|告知|告诉|通知|反馈|跟进|补发|发出|安排|核实|查清|给您|给你|到账|退款/;
const ZH_POLICY = /无理由|价保期|保修|质保|可以?申请|有效期/;
const EN_DOING =
  /\b(answer|reply|call|contact|get back|let you know|update|resolve|send|refund|fix|sort|follow up|tell you|have)\b/i;
const EN_UNITS = { minute: 60000, hour: 3600000, day: 86400000 };

const ZH_WITHIN = new RegExp(`${NUMBER}\\s*个?(半)?\\s*(分钟|小时|钟头|天|工作日)\\s*(?:之内|以内|内|后)`);
const ZH_CLOCK =
  /(今天|今日|今晚|明天|明日|明早|明晚|后天)?\s*(早上|上午|中午|下午|傍晚|晚上)?\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:[点时](?:(半)|(\d{1,2})分?)?|[:：](\d{2}))\s*(?:之?前|以前|左右)/;
const EN_WITHIN = /\b(?:within|in)\s+(?:the next\s+)?(\d{1,3}|an?|half an)\s+(minute|hour|day)s?\b/i;
const EN_CLOCK =
  /\bby\s+(?:(today|tomorrow)\s+)?(?:at\s+)?(noon|\d{1,2}(?::\d{2})?\s*(?:am|pm)?)(?:\s+(today|tomorrow))?(?!\d)/i;

const ZH_VAGUE = /(尽快|稍后|晚点|晚些|回头|一会儿?)[^。!！?？]{0,8}(答复|回复|回电|联系|告知|告诉|通知|反馈)/;
const EN_VAGUE = /\b(get back to you|call you back|let you know)\b|\bas soon as possible\b/i;

/** {phrase, dueAt: null} when somebody promises to come back without saying when, else null. */
export function vaguePromise(text) {
  const found = ZH_VAGUE.exec(text) ?? EN_VAGUE.exec(text);
  return found && { phrase: found[0], dueAt: null };
}

/** {phrase, dueAt: Date} or null. `now` in ms. */
export function findDuePhrase(text, now) {
  const found = zhPhrase(text, now) ?? enPhrase(text, now);
  return found && found.dueAt.getTime() > now ? found : null;
}

function zhPhrase(text, now) {
  if (!ZH_DOING.test(text) || ZH_POLICY.test(text)) return null;
  const within = ZH_WITHIN.exec(text);
  if (within) return { phrase: within[0], dueAt: zhWithin(within, now) };
  const clock = ZH_CLOCK.exec(text);
  return clock && { phrase: clock[0].trim(), dueAt: zhClock(clock, now) };
}

function zhWithin([, number, half, unit], now) {
  const amount = number === "半" ? 0.5 : zhNumber(number) + (half ? 0.5 : 0);
  if (unit === "工作日") return workingDaysLater(amount, now);
  const ms = unit === "分钟" ? 60000 : unit === "天" ? 86400000 : 3600000;
  return new Date(now + amount * ms);
}

function zhClock([, day = "", part = "", hourText, half, minutes, colonMinutes], now) {
  const days = day.startsWith("明") ? 1 : day === "后天" ? 2 : 0;
  const hour = zhNumber(hourText);
  const late = /下午|傍晚|晚/.test(part + day) && hour < 12;
  const minute = half ? 30 : Number(minutes ?? colonMinutes ?? 0);
  return shopTime(now, days, hour + (late ? 12 : 0), minute);
}

/** "24" and "二十四" → 24. */
export function zhNumber(text) {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, ones] = text.includes("十") ? text.split("十") : ["", text];
  const ten = text.includes("十") ? (tens ? DIGITS[tens] : 1) * 10 : 0;
  return ten + (ones ? DIGITS[ones] : 0);
}

// Weekends only: shifted working days are the server's calendar; the agent sees the date before confirming.
function workingDaysLater(days, now) {
  let due = now;
  for (let left = Math.ceil(days); left > 0;) {
    due += 86400000;
    if (shopWeekday(due) % 6 !== 0) left -= 1;
  }
  return new Date(due);
}

function enPhrase(text, now) {
  if (!EN_DOING.test(text)) return null;
  const within = EN_WITHIN.exec(text);
  if (within)
    return { phrase: within[0], dueAt: new Date(now + enAmount(within[1]) * EN_UNITS[within[2].toLowerCase()]) };
  const clock = EN_CLOCK.exec(text);
  return clock && { phrase: clock[0].trim(), dueAt: enClock(clock, now) };
}

function enAmount(word) {
  if (/^\d/.test(word)) return Number(word);
  return word.toLowerCase() === "half an" ? 0.5 : 1;
}

function enClock([, before, time, after], now) {
  const days = (before ?? after ?? "").toLowerCase() === "tomorrow" ? 1 : 0;
  if (time.toLowerCase() === "noon") return shopTime(now, days, 12);
  const [, hour, minute = "0", half = ""] = /(\d{1,2})(?::(\d{2}))?\s*(am|pm)?/i.exec(time);
  const late = half.toLowerCase() === "pm" && Number(hour) < 12;
  return shopTime(now, days, Number(hour) + (late ? 12 : 0), Number(minute));
}
