import type { NormalizedSchema } from "@smithy/core/schema";

/** How many members of a structure are required. They are the first ones of its schema. */
export function requiredCount(schema: NormalizedSchema): number {
  const own = schema.getSchema();
  return Array.isArray(own) && own[0] === 3 ? (own[6] ?? 0) : 0;
}
