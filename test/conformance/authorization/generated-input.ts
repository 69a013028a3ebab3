import { NormalizedSchema } from "@smithy/core/schema";
import { requiredMembers } from "../../../scripts/input-structures.ts";
import type { BoundOperation } from "../../../src/front-door/service.ts";
import type { Input } from "./plane.ts";

/** Values of members by name. The first matching line counts. */
export type Likely = readonly (readonly [RegExp, unknown])[];

/** Makes an input of likely values. Returns the name of a required member if it has none for it. */
export function generatedInput({ operation }: BoundOperation, likely: Likely): Input | string {
  const schema = NormalizedSchema.of(operation.schema[4]);
  if (schema.isUnitSchema()) return {};
  const input: Record<string, unknown> = {};
  for (const [name] of schema.structIterator()) {
    const found = likely.find(([pattern]) => pattern.test(name));
    if (found) input[name] = found[1];
  }
  return requiredMembers(schema).find((name) => !(name in input)) ?? input;
}
