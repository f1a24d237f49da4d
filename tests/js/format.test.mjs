/* Figures and times, in both languages. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clock, day, fileSize, money, relative, span } from "../../console/static/src/shared/format.js";
import { chooseLang, setLang, t } from "../../console/static/src/shared/i18n.js";

beforeEach(() => setLang("zh"));
const now = new Date("2026-03-04T06:00:00Z");

test("fen become yuan with two places and no rounding", () => {
  assert.equal(money(129900), "¥1,299.00");
  assert.equal(money(5), "¥0.05");
  assert.equal(money(-5000), "−¥50.00");
  assert.equal(money(0), "¥0.00");
});

test("times are shop time", () => {
  assert.equal(clock("2026-03-04T06:05:00Z"), "14:05");
  assert.equal(clock("2026-03-03T16:05:00Z"), "00:05");
});

test("days near now have names, others a date, other years a year", () => {
  assert.equal(day("2026-03-03T16:30:00Z", now), "今天");
  assert.equal(day("2026-03-03T15:30:00Z", now), "昨天");
  assert.equal(day("2026-03-05T03:00:00Z", now), "明天");
  assert.equal(day("2026-02-01T03:00:00Z", now), "2月1日");
  assert.equal(day("2025-12-01T03:00:00Z", now), "2025年12月1日");
  setLang("en");
  assert.equal(day("2026-02-01T03:00:00Z", now), "1 Feb");
});

test("a day within an English sentence begins small, other words stay as they are", () => {
  setLang("en");

  assert.equal(t("card.due", { at: "Today 23:37" }), "By today 23:37");
  assert.equal(t("card.due", { at: "4 Mar 23:37" }), "By 4 Mar 23:37");
  assert.equal(t("event.promise_made", { text: "Today a call", due: "Tomorrow 9:00" }), "Promise: Today a call (by tomorrow 9:00)");
});

test("what is recent is told as a span", () => {
  assert.equal(relative("2026-03-04T05:59:40Z", now), "刚刚");
  assert.equal(relative("2026-03-04T05:55:00Z", now), "5 分钟前");
  assert.equal(relative("2026-03-04T02:00:00Z", now), "4 小时前");
  assert.equal(relative("2026-03-02T02:00:00Z", now), "3月2日 10:00");
});

test("a wait is a running clock", () => {
  assert.equal(span(42_000), "0:42");
  assert.equal(span(725_000), "12:05");
  assert.equal(span(3_800_000), "1:03:20");
  assert.equal(span(-5), "0:00");
});

test("file sizes are readable", () => {
  assert.equal(fileSize(10_485_760), "10.0 MB");
  assert.equal(fileSize(900), "1 KB");
});

test("Chinese is the default, the wish wins, then the browser", () => {
  assert.equal(chooseLang("", []), "zh");
  assert.equal(chooseLang("en", ["zh-CN"]), "en");
  assert.equal(chooseLang("", ["de-DE"]), "en");
  assert.equal(chooseLang("", ["zh-TW", "en"]), "zh");
});
