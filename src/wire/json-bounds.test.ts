import assert from "node:assert/strict";
import { test } from "node:test";
import { isJsonOutOfBounds } from "./json-bounds.ts";

const padding = "x".repeat(20_000);
const keys = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":1`).join();

const cases: readonly (readonly [what: string, json: string, isOut: boolean])[] = [
  ["a long text", JSON.stringify({ Value: padding }), false],
  ["commas and brackets within texts", JSON.stringify({ Value: `${'[{,\\"'.repeat(50_000)}\\` }), false],
  ["100 levels", `${"[".repeat(100)}"${padding}"${"]".repeat(100)}`, false],
  ["101 levels", `${"[".repeat(101)}"${padding}"${"]".repeat(101)}`, true],
  ["levels of both kinds that never end", '{"a":['.repeat(10_000), true],
  ["30,000 members", `{${keys(30_000)}}`, false],
  ["100,000 members", `{${keys(100_000)}}`, true],
  ["100,000 empty lists in lists", `[${"[],".repeat(100_000)}[]]`, true],
  ["100,000 items", `[${"1,".repeat(100_000)}1]`, true],
  ["a text that does not end", `{"a":"${",".repeat(100_000)}`, false],
];

for (const [what, json, isOut] of cases) {
  test(`JSON with ${what} is ${isOut ? "out of bounds" : "within bounds"}`, () => {
    assert.equal(isJsonOutOfBounds(Buffer.from(json)), isOut);
  });
}
