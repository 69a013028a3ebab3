import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import manifest from "../../package.json" with { type: "json" };

const { bin, scripts } = manifest;

test("Sealift starts with the same flags of Node, by its name and by npm", () => {
  const main = join(import.meta.dirname, "../..", bin.sealift);
  const [first = ""] = readFileSync(main, "utf8").split("\n", 1);
  const [, command] = /^#!\/usr\/bin\/env -S (node .+)$/.exec(first) ?? [];
  assert.equal(scripts.sealift, `${command} ${bin.sealift}`);
  assert.equal(scripts.quickstart, `${scripts.sealift} quickstart`);
  assert(statSync(main).mode & 0o100, "src/main.js must be executable");
});
