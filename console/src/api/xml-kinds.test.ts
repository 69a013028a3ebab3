import assert from "node:assert/strict";
import { test } from "node:test";
import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";
import { xmlKinds } from "./xml-kinds.ts";

/** Every member of the answers of a client's operations that is no text, with its kind. */
function kindsOf(client: object): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  const seen = new Set<unknown>();
  function walk(schema: NormalizedSchema): void {
    const plain = schema.getSchema();
    if (seen.has(plain)) return;
    if (typeof plain === "object") seen.add(plain);
    if (schema.isListSchema()) return walk(schema.getValueSchema());
    if (schema.isMapSchema()) return walk(schema.getValueSchema());
    if (!schema.isStructSchema()) return;
    for (const [name, member] of schema.structIterator()) {
      kinds.set(name, (kinds.get(name) ?? new Set()).add(kindOf(member)));
      walk(member);
    }
  }
  for (const schema of Object.values(client)) {
    if (Array.isArray(schema) && schema[0] === 9) walk(NormalizedSchema.of(schema[5] as never));
  }
  return kinds;
}

function kindOf(schema: NormalizedSchema): string {
  if (schema.isListSchema()) return "list";
  if (schema.isMapSchema()) return "map";
  if (schema.isTimestampSchema()) return "time";
  if (schema.isNumericSchema()) return "number";
  return schema.isBooleanSchema() ? "boolean" : "other";
}

test("xmlKinds says of each member of IAM's and STS's answers what the SDK says", () => {
  const all = new Map([...kindsOf(iam), ...kindsOf(sts)]);
  assert.ok(all.size > 200);
  for (const [name, kinds] of all) {
    assert.deepEqual([name, [...kinds]], [name, [xmlKinds[name] ?? "other"]]);
  }
  assert.deepEqual(
    Object.keys(xmlKinds).filter((name) => !all.has(name)),
    [],
  );
});
