import assert from "node:assert/strict";
import { test } from "node:test";
import { NormalizedSchema } from "@smithy/core/schema";
import fc from "fast-check";
import { ApiError } from "../model/api-error.ts";
import { jsonReader } from "./json-input.ts";

/** A schema as the SDK's packages have them: kind, namespace, name, traits, members and their schemas. */
const inner = [3, "test", "Inner", 0, ["Key"], [0]];
const structure = [
  3,
  "test",
  "Input",
  0,
  ["Text", "Number", "Flag", "Time", "Bytes", "List", "Map", "Inner", "Inners", "Document", "Self"],
  [0, 1, 2, 4, 21, 64, 128, () => inner, [1, "test", "Inners", 0, () => inner], 15, () => structure],
] as unknown as never;
const read = jsonReader(NormalizedSchema.of(structure));

test("jsonReader reads each type, dropping nulls and what the schema does not know", () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    [{}, {}],
    [
      { Text: "", Number: 0, Flag: false },
      { Text: "", Number: 0, Flag: false },
    ],
    [{ Text: null, Nonsense: 1, constructor: 1, toString: "x" }, {}],
    [{ Time: 1700000000.123 }, { Time: new Date(1700000000123) }],
    [{ Time: 1.001 }, { Time: new Date(1001) }],
    [{ Time: "2026-01-02T03:04:05Z" }, { Time: new Date("2026-01-02T03:04:05Z") }],
    [{ Bytes: "" }, { Bytes: new Uint8Array() }],
    [{ Bytes: "AAE=" }, { Bytes: new Uint8Array([0, 1]) }],
    [{ Bytes: "AAE" }, { Bytes: new Uint8Array([0, 1]) }],
    [
      { List: ["a", null, "b"], Map: { a: "b", c: null } },
      { List: ["a", "b"], Map: { a: "b" } },
    ],
    [
      { Inner: { Key: "a", Other: 1 }, Inners: [{ Key: "b" }, {}] },
      { Inner: { Key: "a" }, Inners: [{ Key: "b" }, {}] },
    ],
    [{ Document: { any: [1, null, "x"] } }, { Document: { any: [1, null, "x"] } }],
    [{ Self: { Self: { Number: 1 } } }, { Self: { Self: { Number: 1 } } }],
  ];
  for (const [value, expected] of cases) assert.deepEqual(read(value), expected, JSON.stringify(value));
});

test("jsonReader refuses a value of another type in the words of AWS's servers", () => {
  const structureFound = "Start of structure or map found where not expected.";
  const listFound = "Start of list found where not expected";
  const cases: readonly (readonly [unknown, string])[] = [
    [null, "Expected null"],
    ["text", "Expected null"],
    [[], listFound],
    [{ Text: 1 }, "NUMBER_VALUE can not be converted to a String"],
    [{ Text: true }, "TRUE_VALUE can not be converted to a String"],
    [{ Text: false }, "FALSE_VALUE can not be converted to a String"],
    [{ Text: {} }, structureFound],
    [{ Text: ["a"] }, listFound],
    [{ Number: "1" }, "STRING_VALUE can not be converted to an Integer"],
    [{ Number: 1.5 }, "DECIMAL_VALUE can not be converted to an Integer"],
    [{ Number: 1e300 }, "NUMBER_VALUE can not be converted to an Integer"],
    [{ Flag: "true" }, "STRING_VALUE can not be converted to a Boolean"],
    [{ Flag: 1 }, "NUMBER_VALUE can not be converted to a Boolean"],
    [{ Time: "tomorrow" }, "STRING_VALUE can not be converted to a Timestamp"],
    [{ Time: "1" }, "STRING_VALUE can not be converted to a Timestamp"],
    [{ Time: 1e300 }, "NUMBER_VALUE can not be converted to a Timestamp"],
    [{ Bytes: 1 }, "NUMBER_VALUE can not be converted to a Blob"],
    [{ Bytes: "a b" }, "Invalid base64 encoding"],
    [{ Bytes: "_-A=" }, "Invalid base64 encoding"],
    [{ Bytes: "A" }, "Invalid base64 encoding"],
    [{ List: "a" }, "Expected list or null"],
    [{ List: {} }, structureFound],
    [{ List: [["a"]] }, listFound],
    [{ Map: "a" }, "Expected map or null"],
    [{ Map: [] }, listFound],
    [{ Map: { a: {} } }, structureFound],
    [{ Inners: ["a"] }, "Expected null"],
  ];
  for (const [value, message] of cases) {
    assert.throws(
      () => read(value),
      { shape: "SerializationException", jsonStatus: 400, message },
      JSON.stringify(value),
    );
  }
});

test("jsonReader keeps decimals where ECS has them", () => {
  const scale = jsonReader(
    NormalizedSchema.of([3, "test", "Scale", 0, ["value", "other"], [1, 1]] as unknown as never),
  );
  assert.deepEqual(scale({ value: 12.5 }), { value: 12.5 });
  assert.throws(() => scale({ value: "12.5" }), { message: "STRING_VALUE can not be converted to a Double" });
  assert.throws(() => scale({ other: 12.5 }), { message: "DECIMAL_VALUE can not be converted to an Integer" });
});

test("jsonReader leaves prototypes alone", () => {
  const value = read(JSON.parse('{"__proto__":{"Text":"a"},"Map":{"__proto__":"b","constructor":"c"}}')) as {
    Map: Record<string, string>;
  };
  assert.deepEqual(Object.keys(value), ["Map"]);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.deepEqual(Object.entries(value.Map), [
    ["__proto__", "b"],
    ["constructor", "c"],
  ]);
  assert.equal(Object.getPrototypeOf(value.Map), Object.prototype);
});

test("jsonReader takes no longer for hostile base64 than for any other", () => {
  const started = process.cpuUsage();
  assert.throws(() => read({ Bytes: `${"=".repeat(2_000_000)}x` }), ApiError);
  // A search that restarts at each character would take minutes.
  assert.ok(process.cpuUsage(started).user < 5_000_000);
});

test("jsonReader answers any JSON with an input or a SerializationException", () => {
  const member = fc.constantFrom(
    "Text",
    "Number",
    "Flag",
    "Time",
    "Bytes",
    "List",
    "Map",
    "Inner",
    "Inners",
    "Self",
    "x",
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(member, fc.jsonValue())), (value) => {
      try {
        assert.equal(typeof read(value), "object");
      } catch (error) {
        assert.ok(error instanceof ApiError && error.shape === "SerializationException", String(error));
      }
    }),
    { numRuns: 500 },
  );
});
