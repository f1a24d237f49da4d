/* Pairs of tokens that carry text reach WCAG AA in light and dark; edges of controls reach 3:1. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../console/static/src/shared/tokens.css", import.meta.url), "utf8");
const tokensOf = (block) => Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
const blockAfter = (mark) => css.slice(css.indexOf(mark)).split("}")[0];
const light = tokensOf(blockAfter(":root {"));
const themes = { light, dark: { ...light, ...tokensOf(blockAfter(':root[data-theme="dark"]')) } };

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((start) => parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["canvas", "surface", "sunken"];
const TEXT = [
  ...grounds.flatMap((ground) => [["text", ground], ["text-soft", ground], ["accent-ink", ground], ["danger-ink", ground], ["price", ground]]),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["accent-ink", "accent-soft"],
  ["on-own", "own"],
  ["on-own-soft", "own"],
  ["agent-ink", "agent-soft"],
  ["text", "agent-soft"],
  ["note-ink", "note-soft"],
  ["on-danger", "danger"],
  ["danger-ink", "danger-soft"],
  ["warn-ink", "warn-soft"],
  ["ok-ink", "ok-soft"],
  ["ok-ink", "surface"],
  ["warn-ink", "surface"],
];
const EDGES = grounds.flatMap((ground) => [["line-strong", ground], ["focus", ground]]);

for (const [theme, tokens] of Object.entries(themes)) {
  for (const [pairs, least] of [[TEXT, 4.5], [EDGES, 3]]) {
    test(`${theme}: ${pairs.length} pairs reach ${least}:1`, () => {
      for (const [front, back] of pairs) {
        const ratio = contrast(tokens[front], tokens[back]);
        assert.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)}`);
      }
    });
  }
}

test("both places of the dark values say the same", () => {
  assert.deepEqual(tokensOf(blockAfter(':root:not([data-theme="light"])')), tokensOf(blockAfter(':root[data-theme="dark"]')));
});
