import assert from "node:assert/strict";
import { test } from "node:test";
import { NormalizedSchema } from "@smithy/core/schema";
import fc from "fast-check";
import { ApiError } from "../model/api-error.ts";
import { readForm } from "./form.ts";

const tag = [3, "test", "Tag", 0, ["Key", "Value"], [0, 0]];
const schema = NormalizedSchema.of([
  3,
  "test",
  "Input",
  0,
  ["Name", "Count", "Flag", "Time", "Bytes", "Names", "Tags", "Flat", "Renamed", "Map", "FlatMap", "Inner"],
  [
    0,
    1,
    2,
    4,
    21,
    64,
    [1, "test", "Tags", 0, () => tag],
    [64, { xmlFlattened: 1 }],
    [0, { xmlName: "Wire" }],
    128,
    [[2, "test", "FlatMap", 0, [0, { xmlName: "K" }], [() => tag, { xmlName: "V" }]], { xmlFlattened: 1 }],
    () => tag,
  ],
] as unknown as never);
const read = (form: string) => readForm(schema, new URLSearchParams(form));

test("readForm reads each type by the operation's schema", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["", {}],
    ["Action=X&Version=1&Nonsense=1&Name.x=1&__proto__=1&constructor=2", {}],
    ["Name=a%20b%2B+c&Wire=d&Renamed=e", { Name: "a b+ c", Renamed: "d" }],
    ["Name=a&Name=b", { Name: "b" }],
    ["Name=", { Name: "" }],
    ["Count=-12&Flag=true", { Count: -12, Flag: true }],
    ["Time=2026-01-02T03:04:05Z", { Time: new Date("2026-01-02T03:04:05Z") }],
    ["Bytes=AAE%3D", { Bytes: new Uint8Array([0, 1]) }],
    ["Names=", { Names: [] }],
    ["Names.member.2=b&Names.member.10=c&Names.member.1=a", { Names: ["a", "b", "c"] }],
    ["Names.other.1=a&Names.member=b", {}],
    ["Flat.2=b&Flat.1=a", { Flat: ["a", "b"] }],
    [
      "Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.3.Key=l",
      { Tags: [{ Key: "k", Value: "v" }, { Key: "l" }] },
    ],
    ["Tags.member.1.Key.deeper.and.deeper=k", { Tags: [{}] }],
    ["Map.entry.1.key=k&Map.entry.1.value=v&Map.entry.2.key=l", { Map: { k: "v" } }],
    ["Map.entry.1.key=__proto__&Map.entry.1.value=v", { Map: JSON.parse('{"__proto__":"v"}') }],
    ["FlatMap.1.K=k&FlatMap.1.V.Key=v", { FlatMap: { k: { Key: "v" } } }],
    ["Inner.Key=a&Inner=", { Inner: { Key: "a" } }],
  ];
  for (const [form, expected] of cases) assert.deepEqual(read(form), expected, form);
});

test("readForm refuses a value of another type", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Count=one", "STRING_VALUE can not be converted to an Integer"],
    ["Count=", "STRING_VALUE can not be converted to an Integer"],
    ["Count=0x10", "STRING_VALUE can not be converted to an Integer"],
    ["Count=1.5", "STRING_VALUE can not be converted to an Integer"],
    ["Count=9999999999999999", "STRING_VALUE can not be converted to an Integer"],
    ["Flag=yes", "STRING_VALUE can not be converted to a Boolean"],
    ["Time=tomorrow", "STRING_VALUE can not be converted to a Timestamp"],
    ["Time=2026-99-02T03:04:05Z", "STRING_VALUE can not be converted to a Timestamp"],
    ["Bytes=a b", "STRING_VALUE can not be converted to a Blob"],
    ["Names.member.first=a", "STRING_VALUE can not be converted to an Integer"],
    ["Names=a", "Expected list or null"],
    ["Map=a", "Expected map or null"],
    ["Inner=a", "Expected null"],
    ["Tags.member.1=a", "Expected null"],
  ];
  for (const [form, message] of cases) {
    assert.throws(() => read(form), { queryCode: "MalformedInput", queryStatus: 400, message }, form);
  }
});

test("readForm keeps nothing of keys that lead nowhere, however deep", () => {
  const deep = Array.from({ length: 20_000 }, (_, index) => `Nonsense${index}${".a".repeat(40)}=1`).join("&");
  const before = process.memoryUsage().heapUsed;
  assert.deepEqual(read(`${deep}&Name=a`), { Name: "a" });
  // One map for each part of each key would be some hundred MB.
  assert.ok(process.memoryUsage().heapUsed - before < 150_000_000);
});

test("readForm answers any form with an input or MalformedInput", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "Name",
      "Tags",
      "member",
      "1",
      "2",
      "Key",
      "Map",
      "entry",
      "key",
      "value",
      "Flat",
      "FlatMap",
      "K",
      "V",
    ),
    fc.string({ maxLength: 3 }),
  );
  const key = fc.array(part, { maxLength: 6 }).map((parts) => parts.join("."));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.string())), (pairs) => {
      try {
        assert.equal(typeof readForm(schema, new URLSearchParams(pairs)), "object");
      } catch (error) {
        assert.ok(error instanceof ApiError && error.queryCode === "MalformedInput", String(error));
      }
    }),
    { numRuns: 500 },
  );
});
