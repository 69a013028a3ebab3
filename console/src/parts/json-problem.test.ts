import assert from "node:assert/strict";
import { test } from "node:test";
import { translate } from "../i18n/messages.ts";
import { jsonMessages, jsonProblem } from "./json-problem.ts";

const cases: readonly (readonly [text: string, problem: object | undefined])[] = [
  ['{"a": 1}', undefined],
  ['{\n  "a": x\n}', { line: 2, column: 8, message: "Invalid symbol" }],
  ['{\n  "a": 1', { line: 2, column: 9, message: "} expected" }],
  ["", { line: 1, column: 1, message: "Value expected" }],
  ['{"a": 1,}', { line: 1, column: 9, message: "Property name in double quotes expected" }],
  ["{} // no", { line: 1, column: 4, message: "JSON has no comments" }],
  ["{} {}", { line: 1, column: 4, message: "Nothing may follow here" }],
];

for (const [text, problem] of cases) {
  test(`jsonProblem says where ${JSON.stringify(text)} is ${problem ? "not " : ""}JSON`, () => {
    assert.deepEqual(jsonProblem(text, translate(jsonMessages, "en")), problem);
  });
}

test("jsonProblem speaks Chinese", () => {
  assert.equal(jsonProblem("[", translate(jsonMessages, "zh-CN"))?.message, "应为 ]");
});
