import assert from "node:assert/strict";
import { test } from "node:test";
import { redactor } from "./redact.ts";

const cases: readonly [name: string, values: readonly string[], text: string, expected: string][] = [
  ["every occurrence", ["hunter22"], "hunter22 and 'hunter22'", "*** and '***'"],
  ["inside a word", ["hunter22"], "x=hunter22;", "x=***;"],
  ["nothing without values", [], "invalid size", "invalid size"],
  ["nothing for empty values", ["", "  "], "invalid size", "invalid size"],
  ["the longest first", ["secret", "secret-and-more"], "a secret-and-more b secret", "a *** b ***"],
  ["overlapping values", ["abcdef", "defghi"], "abcdef defghi", "*** ***"],
  ["a short value that stands alone", ["10x"], "invalid size: '10x' of 10x5", "invalid size: '***' of 10x5"],
  ["a single character that stands alone", ["1"], "value 1 of 12", "value *** of 12"],
  ["a short value beside letters of any language", ["ab"], "éab ab", "éab ***"],
  ["characters with a meaning in patterns", ["a.b*(c)[d]\\e"], "x a.b*(c)[d]\\e axb*", "x *** axb*"],
  ["as JSON and Go quote it", ['pass"word\n1'], 'option "pass\\"word\\n1"', 'option "***"'],
  ["as a URL quotes it", ["p@ss w/rd"], "https://host/?token=p%40ss%20w%2Frd", "https://host/?token=***"],
  ["without the white space around it", ["10xyz\n"], "invalid size: '10xyz'", "invalid size: '***'"],
  ["by its lines, but short ones", ["{\n  long enough\n}"], "{ at long enough }", "{ at *** }"],
  ["a surrogate that has lost its partner", ["abc\ud800def"], "abc\ud800def", "***"],
];

for (const [name, values, text, expected] of cases) {
  test(`redactor replaces ${name}`, () => {
    assert.equal(redactor(values)(text), expected);
  });
}
