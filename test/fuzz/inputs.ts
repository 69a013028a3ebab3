import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import fc from "fast-check";
import type { Limit, Model } from "../../src/model/constraints.ts";
import { requiredCount } from "../../src/model/required-members.ts";

/** The material of inputs besides the schema. */
export interface Material {
  readonly model: Model;
  /** Names, ARNs and ids of existing resources, so that inputs get beyond "not found". */
  readonly names: readonly string[];
  /** Values that most likely fit members of these names. */
  readonly likely: readonly (readonly [member: RegExp, values: readonly string[]])[];
  /** Bytes in base64. */
  readonly blobs: readonly string[];
}

const hostile = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff\ud800",
  "\u202eabc",
  "é".normalize("NFD"),
  "😀".repeat(70),
  "__proto__",
  "constructor",
  "toString",
  "null",
  "-1",
  "1e999",
  "NaN",
  "../../etc/passwd",
  "%00%0a",
  "${jndi:ldap://x}",
  "'; drop table kms_keys; --",
  "arn:aws:",
  "arn:aws:iam::000000000000:role/../../x",
  "*",
  "a".repeat(3000),
  "[".repeat(5000),
  '{"a":'.repeat(2000),
];

/** `unit: "binary"` makes a table of all code points first. */
const codePoint = fc.integer({ min: 0, max: 0x10ffff - 0x800 }).map((point) => {
  const surrogates = 0xd800;
  return String.fromCodePoint(point < surrogates ? point : point + 0x800);
});

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: codePoint, maxLength: 20 }) },
  { weight: 2, arbitrary: fc.constantFrom(...hostile) },
);

/** Values of a wrong type. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, "", "x", [], {}, [null], { __type: "x" }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Inputs of an operation as JSON. Most have the right shape; some differ a little. */
export function inputsOf(schema: SchemaRef, material: Material): fc.Arbitrary<unknown> {
  const normalized = NormalizedSchema.of(schema);
  if (normalized.isUnitSchema()) return fc.oneof(fc.constant({}), anything);
  return values(normalized, {}, { material, member: "", depth: 6 });
}

interface Place {
  readonly material: Material;
  /** Name of the member that the value is for. */
  readonly member: string;
  /** Members deeper than this are left out. */
  readonly depth: number;
}

function values(schema: NormalizedSchema, limit: Limit, place: Place): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: rightType(schema, limit, place) }, { weight: 1, arbitrary: anything });
}

function rightType(schema: NormalizedSchema, limit: Limit, place: Place): fc.Arbitrary<unknown> {
  const deeper = { ...place, depth: place.depth - 1 };
  if (schema.isStructSchema()) return structures(schema, place);
  if (schema.isListSchema()) {
    if (place.depth <= 0) return fc.constant([]);
    const item = values(schema.getValueSchema(), limit.member ?? {}, deeper);
    const many = Math.min((limit.max ?? 3) + 1, 60);
    return fc.oneof(
      { weight: 9, arbitrary: fc.array(item, { maxLength: 3 }) },
      { weight: 1, arbitrary: item.map((one) => Array.from({ length: many }, () => one)) },
    );
  }
  if (schema.isMapSchema()) {
    if (place.depth <= 0) return fc.constant({});
    return fc.dictionary(text, values(schema.getValueSchema(), limit.value ?? {}, deeper), { maxKeys: 3 });
  }
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return numbers(limit);
  if (schema.isTimestampSchema()) {
    return fc.constantFrom(0, 1, 1.5, 1767323045, 4e9, 1e15, -1e15, "2030-01-02T03:04:05Z", "yesterday");
  }
  if (schema.isBlobSchema()) return blobs(place.material, limit);
  return strings(limit, place);
}

function structures(schema: NormalizedSchema, place: Place): fc.Arbitrary<unknown> {
  let required = requiredCount(schema);
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, member] of schema.structIterator()) {
    const limit = place.material.model.limits[`${schema.getName()}.${name}`] ?? {};
    const isRequired = required-- > 0;
    if (place.depth <= 1 && !isRequired && isNested(member)) continue;
    const value = values(member, limit, { ...place, member: name, depth: place.depth - 1 });
    const absent = { weight: isRequired ? 1 : 150, arbitrary: fc.constant(undefined) };
    members[name] = fc.oneof({ weight: 30, arbitrary: value }, absent);
  }
  return fc
    .tuple(fc.record(members), fc.option(fc.tuple(text, anything), { freq: 30, nil: undefined }))
    .map(([record, extra]) => (extra ? { ...record, [extra[0]]: extra[1] } : record));
}

function isNested(schema: NormalizedSchema): boolean {
  return schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema();
}

function numbers({ min = 0, max = 100 }: Limit): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: Math.max(min, -1e9), max: Math.min(max, 1e9) }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max, min - 1, max + 1, 0, -1, 2 ** 31, 2 ** 53, 0.5) },
  );
}

function blobs({ blobs: known }: Material, { max = 100 }: Limit): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known) },
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: Math.min(max + 1, 200) }).map(base64) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", "not base64", "====", base64(Buffer.alloc(Math.min(max + 1, 70_000)))),
    },
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function strings(limit: Limit, { material, member }: Place): fc.Arbitrary<string> {
  const choices: fc.WeightedArbitrary<string>[] = [{ weight: 2, arbitrary: text }];
  const names = fc.constantFrom(...material.names);
  if (/(?:id|name|arn|path|cluster|service|task|instance|definition|principal|role|family|key)s?$/i.test(member)) {
    choices.push({ weight: 12, arbitrary: names });
    const selector = fc.constantFrom(":1", ":label", "-AbCdEf", "/", "x");
    choices.push({ weight: 1, arbitrary: fc.tuple(names, selector).map(([name, more]) => name + more) });
  }
  for (const [name, likely] of material.likely) {
    if (name.test(member)) choices.push({ weight: 40, arbitrary: fc.constantFrom(...likely) });
  }
  if (limit.enum) choices.push({ weight: 30, arbitrary: fc.constantFrom(...limit.enum) });
  const { min = 1, max = 64 } = limit;
  const letters = (length: number) => "a".repeat(Math.max(0, Math.min(length, 70_000)));
  choices.push({
    weight: 1,
    arbitrary: fc.constantFrom(letters(min), letters(min - 1), letters(max), letters(max + 1)),
  });
  return fc.oneof(...choices);
}
