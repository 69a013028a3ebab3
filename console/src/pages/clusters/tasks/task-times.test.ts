import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthText, momentsOf } from "./task-times.ts";

test("momentsOf has what happened in the order of time, with how long each took", () => {
  assert.deepEqual(momentsOf({ stoppedAt: 130, createdAt: 100, pullStartedAt: 101.5 }), [
    { what: "createdAt", at: 100 },
    { what: "pullStartedAt", at: 101.5, after: 1.5 },
    { what: "stoppedAt", at: 130, after: 28.5 },
  ]);
});

const lengths: readonly (readonly [seconds: number, text: string])[] = [
  [0.44, "0.4 s"],
  [12.4, "12 s"],
  [185, "3 min 5 s"],
  [7_800, "2 h 10 min"],
  [356_400, "4 d 3 h"],
];

for (const [seconds, text] of lengths) {
  test(`lengthText of ${seconds} seconds`, () => {
    assert.equal(lengthText(seconds), text);
  });
}
