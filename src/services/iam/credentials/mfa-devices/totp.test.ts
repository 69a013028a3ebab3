import assert from "node:assert/strict";
import { test } from "node:test";
import { codeAt, stepAt, stepOfCode, stepOfCodes } from "./totp.ts";

const seed = Buffer.from("12345678901234567890");

test("codes are those of RFC 6238", () => {
  // The table of its appendix B, whose codes have eight digits.
  for (const [seconds, code] of [
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ] as const) {
    assert.equal(codeAt(seed, stepAt(new Date(seconds * 1000))), code.slice(2));
  }
});

test("a code is good one step before and after its own, and never again", () => {
  const code = codeAt(seed, 100);
  const found = [98, 99, 100, 101, 102].map((around) => stepOfCode(seed, code, { around, after: 0 }));
  assert.deepEqual(found, [undefined, 100, 100, 100, undefined]);
  assert.equal(stepOfCode(seed, code, { around: 100, after: 100 }), undefined);
  for (const wrong of ["", "12345", `${code}0`]) {
    assert.equal(stepOfCode(seed, wrong, { around: 100, after: 0 }), undefined);
  }
});

test("two codes are those of steps that follow each other", () => {
  const [first, second] = [codeAt(seed, 100), codeAt(seed, 101)];
  assert.equal(stepOfCodes(seed, [first, second], { around: 105, reach: 5 }), 101);
  assert.equal(stepOfCodes(seed, [first, second], { around: 106, reach: 5 }), undefined);
  assert.equal(stepOfCodes(seed, [second, first], { around: 100, reach: 5 }), undefined);
  assert.equal(stepOfCodes(seed, [first, first], { around: 100, reach: 5 }), undefined);
});
