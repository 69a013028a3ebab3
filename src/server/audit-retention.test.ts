import assert from "node:assert/strict";
import { test } from "node:test";
import { readRetention } from "./audit-retention.ts";
import { ConfigError } from "./config-error.ts";

const day = 24 * 60 * 60 * 1000;

test("readRetention reads days and sizes", () => {
  assert.deepEqual(readRetention("90", undefined), { age: 90 * day });
  assert.deepEqual(readRetention("1", "10G"), { age: day, size: 10 * 2 ** 30 });
  assert.deepEqual(readRetention("7", "500mb"), { age: 7 * day, size: 500 * 2 ** 20 });
  assert.deepEqual(readRetention("7", "2097152"), { age: 7 * day, size: 2 ** 21 });
});

test("readRetention refuses what is no number of days and no size", () => {
  for (const age of ["", "0", "-1", "1.5", "x", "1000000"]) {
    assert.throws(() => readRetention(age, undefined), ConfigError, age);
  }
  for (const size of ["", "0", "10", "G", "-1G", "1X", "1e9G", "999K"]) {
    assert.throws(() => readRetention("1", size), ConfigError, size);
  }
});
