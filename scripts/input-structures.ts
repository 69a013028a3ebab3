import { NormalizedSchema } from "@smithy/core/schema";
import type { StaticOperationSchema } from "@smithy/types";
import type { ServiceDescriptor } from "../src/front-door/service.ts";
import { requiredCount } from "../src/model/required-members.ts";
import type { ServiceModel, Shape } from "./botocore.ts";

/** The exports of an SDK client's package. */
export type Exports = Readonly<Record<string, unknown>>;

/** A structure as the SDK's schema and botocore's model have it. */
export interface Structure {
  readonly schema: NormalizedSchema;
  /** `undefined` if the model does not know it. */
  readonly shape: Shape | undefined;
}

/** The names of the operations that a service lists, sorted. */
export async function operationNames(load: ServiceDescriptor<never>["load"]): Promise<string[]> {
  return Object.keys((await load()).operations).sort();
}

/**
 * Collects the structures of these operations' inputs, by the SDK's names. It walks SDK and model side by side, because a few
 * structures have another name in the SDK.
 */
export function inputStructures(
  operations: readonly string[],
  exports: Exports,
  model?: ServiceModel,
): Map<string, Structure> {
  const found = new Map<string, Structure>();
  function visit(schema: NormalizedSchema, shape: Shape | undefined): void {
    if (schema.isStructSchema()) {
      const name = schema.getName();
      if (name === undefined || found.has(name)) return;
      found.set(name, { schema, shape });
      for (const [member, inner] of schema.structIterator()) visit(inner, shapeAt(model, shape?.members?.[member]));
    } else if (schema.isListSchema()) {
      visit(schema.getValueSchema(), shapeAt(model, shape?.member));
    } else if (schema.isMapSchema()) {
      visit(schema.getValueSchema(), shapeAt(model, shape?.value));
    }
  }
  for (const operation of operations) {
    const schema = exports[`${operation}$`] as StaticOperationSchema | undefined;
    if (!schema) throw new Error(`Cannot find the operation ${operation} in the SDK`);
    visit(NormalizedSchema.of(schema[4]), shapeAt(model, model?.operations[operation]?.input));
  }
  return found;
}

export function shapeAt(
  model: ServiceModel | undefined,
  at: { readonly shape: string } | undefined,
): Shape | undefined {
  return at && model?.shapes[at.shape];
}

/** The names of a structure's required members, sorted. */
export function requiredMembers(schema: NormalizedSchema): string[] {
  const members = [...schema.structIterator()].map(([name]) => name);
  return members.slice(0, requiredCount(schema)).sort();
}
