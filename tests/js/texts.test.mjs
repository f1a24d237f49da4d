/* Both languages have every word, with the same values in it, and every used key exists. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { shopTexts } from "../../console/static/src/shop/shop_texts.js";
import en from "../../console/static/src/shared/texts.en.js";
import zh from "../../console/static/src/shared/texts.zh.js";

const src = fileURLToPath(new URL("../../console/static/src/", import.meta.url));
const values = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const sources = ["shared", "widget", "shop"].flatMap((folder) =>
  readdirSync(src + folder, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => [`${folder}/${name}`, readFileSync(`${src}${folder}/${name}`, "utf8")]),
);

for (const [area, chinese, english] of [["shared", zh, en], ["shop", shopTexts.zh, shopTexts.en]]) {
  test(`${area}: both languages have the same keys with the same values`, () => {
    assert.deepEqual(Object.keys(english).sort(), Object.keys(chinese).sort());
    for (const [key, text] of Object.entries(chinese)) assert.deepEqual(values(english[key]), values(text), key);
  });
}

test("every key that is asked for by name exists", () => {
  const known = new Set([...Object.keys(zh), ...Object.keys(shopTexts.zh)]);
  for (const [name, text] of sources)
    for (const [, key] of text.matchAll(/\bt\("([a-z_.]+)"/g)) assert.ok(known.has(key), `${name}: ${key}`);
});

test("no page builds markup from strings", () => {
  for (const [name, text] of sources)
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|document\.write|\beval\(/, name);
});

test("no template carries an inline style or handler", () => {
  for (const [name, text] of sources) assert.doesNotMatch(text, /<[a-z-]+[^>]*\s(style|on[a-z]+)=/, name);
});
