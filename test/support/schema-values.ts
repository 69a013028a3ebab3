import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import fc from "fast-check";
import { decimals } from "../../src/wire/json-input.ts";

export interface ValueOptions {
  /** The strings. */
  readonly text: fc.Arbitrary<string>;
  /** Members deeper than this are left out. */
  readonly depth: number;
  /** Allows empty structures and maps. A form cannot distinguish them from absent ones. */
  readonly emptyStructures: boolean;
}

const anyText = fc.string({ unit: "grapheme", maxLength: 12 });

export const jsonValues: ValueOptions = {
  text: fc.oneof(
    { weight: 3, arbitrary: anyText },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
  ),
  depth: 7,
  emptyStructures: true,
};

const formText = fc.string({
  unit: fc.constantFrom(" ", "\n", "\r", "\t", "<", "&", "'", '"', "]]>", "+", "%2B", ".", "é", "😀"),
  maxLength: 6,
});

export const queryInputs: ValueOptions = { text: fc.oneof(anyText, formText), depth: 7, emptyStructures: false };

/** The client's XML parser reads text of only white space as empty. */
export const queryOutputs: ValueOptions = {
  ...queryInputs,
  text: queryInputs.text.map((text) => (text.trim() === "" ? "" : text)),
};

/** Random values of an SDK schema: inputs or outputs of an operation. */
export function schemaValues(schema: SchemaRef, options: ValueOptions): fc.Arbitrary<Record<string, unknown>> {
  const normalized = NormalizedSchema.of(schema);
  if (normalized.isUnitSchema()) return fc.constant({});
  return structure(normalized, options, options.depth) as fc.Arbitrary<Record<string, unknown>>;
}

function values(schema: NormalizedSchema, options: ValueOptions, depth: number): fc.Arbitrary<unknown> {
  const inner = () => values(schema.getValueSchema(), options, depth - 1);
  if (schema.isStructSchema()) return structure(schema, options, depth);
  if (schema.isListSchema()) return fc.array(inner(), { maxLength: 2 });
  if (schema.isMapSchema()) {
    return fc.dictionary(keys(options), inner(), {
      minKeys: options.emptyStructures ? 0 : 1,
      maxKeys: 2,
      noNullPrototype: true,
    });
  }
  if (schema.isNumericSchema()) return fc.maxSafeInteger();
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isTimestampSchema()) {
    return fc.date({ min: new Date("1970-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  }
  if (schema.isBlobSchema()) return fc.uint8Array({ maxLength: 9 });
  if (schema.isStringSchema()) return options.text;
  if (schema.isDocumentSchema()) return documents(options);
  throw new Error(`No values for ${schema.getName(true)}`);
}

function structure(schema: NormalizedSchema, options: ValueOptions, depth: number): fc.Arbitrary<object> {
  const members = [...schema.structIterator()].filter(
    ([, member]) => depth > 1 || schema.isUnionSchema() || isFlat(member),
  );
  const record = Object.fromEntries(
    members.map(([name, member]) => {
      const isDecimal = decimals.has(`${schema.getName()}.${name}`);
      return [
        name,
        isDecimal
          ? fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((x) => x + 0)
          : values(member, options, depth - 1),
      ];
    }),
  );
  if (schema.isUnionSchema())
    return fc.oneof(...Object.entries(record).map(([name, value]) => value.map((inner) => ({ [name]: inner }))));
  // The client fills in a missing idempotency token.
  const requiredKeys = members.filter(
    ([, member], index) => member.isIdempotencyToken() || (!options.emptyStructures && index === 0),
  );
  return fc.record(record, { requiredKeys: requiredKeys.map(([name]) => name), noNullPrototype: true });
}

function isFlat(schema: NormalizedSchema): boolean {
  return !schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema();
}

/** The client loses a list or map under this key. `json-input.test.ts` tests the key by itself. */
function keys({ text }: ValueOptions): fc.Arbitrary<string> {
  return text.filter((key) => key !== "__proto__");
}

function documents(options: ValueOptions): fc.Arbitrary<unknown> {
  return fc.dictionary(keys(options), fc.oneof(options.text, fc.boolean(), fc.array(fc.integer())), {
    noNullPrototype: true,
  });
}
