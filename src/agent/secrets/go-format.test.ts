import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatGoFloat, formatGoValue } from "./go-format.ts";
import { decodeJson } from "./go-json.ts";

const vectors: readonly (readonly [string, string])[] = [
  ['"v"', "v"],
  ['""', ""],
  ["null", "<nil>"],
  ["true", "true"],
  ["false", "false"],
  ["0", "0"],
  ["1", "1"],
  ["-0", "-0"],
  ["1.0", "1"],
  ["1.50", "1.5"],
  ["0.1", "0.1"],
  ["5432", "5432"],
  ["65535", "65535"],
  ["99999", "99999"],
  ["100000", "100000"],
  ["999999", "999999"],
  ["999999.5", "999999.5"],
  ["1000000", "1e+06"],
  ["1234567", "1.234567e+06"],
  ["20000000", "2e+07"],
  ["123456789", "1.23456789e+08"],
  ["1234567890123", "1.234567890123e+12"],
  ["9007199254740993", "9.007199254740992e+15"],
  ["12345678901234567890", "1.2345678901234567e+19"],
  ["1e20", "1e+20"],
  ["1e21", "1e+21"],
  ["1e300", "1e+300"],
  ["5e-324", "5e-324"],
  ["0.0001", "0.0001"],
  ["0.00001", "1e-05"],
  ["-1000000", "-1e+06"],
  ["1234567.5", "1.2345675e+06"],
  ["0.00012345", "0.00012345"],
  ["0.000012345", "1.2345e-05"],
  ['{"a":1,"b":"x"}', "map[a:1 b:x]"],
  ['{"b":2,"a":null}', "map[a:<nil> b:2]"],
  ["{}", "map[]"],
  ["[]", "[]"],
  ['[1,"a",null,true]', "[1 a <nil> true]"],
  ['[[1,2],{"z":0}]', "[[1 2] map[z:0]]"],
  ['"\\ud800"', "\ufffd"],
  ['{"x":1000000,"s":"a b"}', "map[s:a b x:1e+06]"],
  ['["a b","c"]', "[a b c]"],
  ['"a\\u0000b"', "a\0b"],
  // Sorted by bytes of UTF-8, not by UTF-16 units.
  ['{"😀":1,"\uffff":2}', "map[\uffff:2 😀:1]"],
];

for (const [json, expected] of vectors) {
  test(`formatGoValue renders ${json} as ${JSON.stringify(expected)}`, () => {
    assert.equal(formatGoValue(decodeJson(json)), expected);
  });
}

test("formatGoValue renders values nested 10,000 deep", () => {
  const json = "[".repeat(10_000) + "]".repeat(10_000);
  assert.equal(formatGoValue(decodeJson(json)), json);
});

test("formatGoFloat reads back as the same number", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.ok(Object.is(Number(formatGoFloat(value)), value));
    }),
  );
});
