/* The lock file names versions and hashes, no hosts; the parser is new enough. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const text = readFileSync(new URL("../../console/static/package-lock.json", import.meta.url), "utf8");
const { packages } = JSON.parse(text);

test("the lock names no host and has a hash for every package", () => {
  assert.doesNotMatch(text, /https?:\/\//);
  for (const [name, one] of Object.entries(packages)) if (name) assert.match(one.integrity ?? "", /^sha512-/, name);
});

test("the Socket.IO parser bounds attachments", () => {
  const [major, minor, patch] = packages["node_modules/socket.io-parser"].version.split(".").map(Number);

  assert.ok(major > 4 || minor > 2 || patch >= 7); // memory exhaustion by attachments, fixed in 4.2.7
});
