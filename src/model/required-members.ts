import type { NormalizedSchema } from "@smithy/core/schema";

/** The number of a structure's required members, which come first in its schema. */
export function requiredCount(schema: NormalizedSchema): number {
  const own = schema.getSchema();
  return Array.isArray(own) && own[0] === 3 ? (own[6] ?? 0) : 0;
}
