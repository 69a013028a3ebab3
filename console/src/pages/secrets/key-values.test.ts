import assert from "node:assert/strict";
import { test } from "node:test";
import { pairsOf, problemOf, textOf } from "./key-values.ts";

test("pairsOf reads pairs of strings, and nothing that would not come back the same", () => {
  assert.deepEqual(pairsOf('{"user":"a","password":"b\\n"}'), [
    { key: "user", value: "a" },
    { key: "password", value: "b\n" },
  ]);
  assert.deepEqual(pairsOf(""), []);
  assert.deepEqual(pairsOf('{"a\\"b":"{\\"c\\":\\"\\\\\\"}"}'), [{ key: 'a"b', value: '{"c":"\\"}' }]);
  for (const text of [
    "plain",
    '{"port":5432}',
    '{"a":{"b":"c"}}',
    '["a"]',
    '"text"',
    "null",
    "{",
    '{"a":"1","a":"2"}',
    '{"\\u0061":"1","a":"\\""}',
  ]) {
    assert.equal(pairsOf(text), undefined, text);
  }
});

test("textOf keeps the order of keys, and drops empty rows", () => {
  const pairs = [
    { key: "b", value: '"' },
    { key: "1", value: "x" },
    { key: "", value: "" },
  ];
  assert.equal(textOf(pairs), '{"b":"\\"","1":"x"}');
  assert.equal(textOf([{ key: "", value: "" }]), "");
});

test("problemOf refuses a value without a key, and a key that is there twice", () => {
  const pairs = [
    { key: "a", value: "1" },
    { key: "a", value: "2" },
    { key: "", value: "3" },
    { key: "", value: "" },
  ];
  assert.deepEqual(
    pairs.map((_, index) => problemOf(pairs, index)),
    ["duplicate", "duplicate", "empty", undefined],
  );
});
