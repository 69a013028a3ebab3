import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "@aws-sdk/client-ecs";
import { NormalizedSchema } from "@smithy/core/schema";
import { beside, samples, silent } from "./request-members/samples.ts";
import { type Input, type Operation, outcome } from "./request-members/world.ts";

const operations: readonly Operation[] = ["RunTask", "StartTask", "CreateService", "UpdateService"];

/** The paths of all members of an operation's input; a path that has a sample stands for all below it. */
function paths(operation: Operation): string[] {
  const found: string[] = [];
  const known = new Set([...Object.keys(samples[operation]), ...Object.keys(silent)]);
  function visit(schema: NormalizedSchema, path: string): void {
    if (!known.has(path) && schema.isStructSchema()) {
      for (const [name, inner] of schema.structIterator()) visit(inner, path ? `${path}.${name}` : name);
    } else if (!known.has(path) && schema.isListSchema() && schema.getValueSchema().isStructSchema()) {
      visit(schema.getValueSchema(), `${path}[]`);
    } else found.push(path);
  }
  const { [`${operation}$`]: schema } = client as unknown as Record<
    string,
    [unknown, unknown, unknown, unknown, unknown]
  >;
  visit(NormalizedSchema.of(schema![4] as never), "");
  return found;
}

/** The input with a value at a path. */
function withSample(input: Input, path: string, value: unknown): Input {
  const [, name = "", isItem, rest] = /^([A-Za-z]+)(\[\])?(?:\.(.+))?$/.exec(path) ?? [];
  if (rest === undefined) return { ...input, [name]: value };
  const at = (input[name] ?? (isItem ? [] : {})) as Input & readonly Input[];
  if (!isItem) return { ...input, [name]: withSample(at, rest, value) };
  const first = at[0] ?? (name === "containerOverrides" ? { name: "app" } : {});
  return { ...input, [name]: [withSample(first, rest, value), ...at.slice(1)] };
}

for (const operation of operations) {
  test(`${operation}: every member of the input changes what is shown or planned, or is refused`, async () => {
    const all = paths(operation);
    const unknown = all.filter((path) => !(path in samples[operation]) && !(path in silent));
    assert.deepEqual(unknown, [], "these members have no sample");
    const gone = Object.keys(samples[operation]).filter((path) => !all.includes(path));
    assert.deepEqual(gone, [], "the model has no such members");
    const bare = new Map<string, string>();
    const without: string[] = [];
    for (const path of all) {
      if (path in silent) continue;
      const also = beside(operation, path);
      const key = JSON.stringify(also, (_, value) => value ?? null);
      if (!bare.has(key)) bare.set(key, await outcome(operation, (input) => ({ ...input, ...also })));
      const value = samples[operation][path];
      const changed = await outcome(operation, (input) => withSample({ ...input, ...also }, path, value));
      if (changed === bare.get(key)) without.push(`${path}: ${changed.slice(0, 300)}`);
    }
    assert.deepEqual(without, [], "these members are taken and ignored");
  });
}
