import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { services } from "../../src/services/index.ts";

test("every service is fuzzed by one of the files here", () => {
  const texts = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));
  for (const { name } of services) {
    assert.ok(
      texts.some((text) => /\bfuzz\(/.test(text) && text.includes(`"${name}"`)),
      `test/fuzz: add a file for ${name}`,
    );
  }
});
