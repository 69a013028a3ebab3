import assert from "node:assert/strict";
import { test } from "node:test";
import { defined } from "./defined.ts";

test("defined leaves out what is undefined and keeps what is null, empty or false", () => {
  assert.deepEqual(Object.keys(defined({ a: undefined, b: null, c: "", d: false, e: 0 })), ["b", "c", "d", "e"]);
});
