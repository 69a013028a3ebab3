import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef, StaticOperationSchema } from "@smithy/types";
import type { ServiceModel, Shape } from "./botocore.ts";

/** A service of ours. */
export interface LimitedService {
  /** Of its folder in src/services and, after `@aws-sdk/client-`, of its SDK package. */
  readonly name: string;
  /** Of its model's folder in botocore. */
  readonly botocoreName: string;
}

export const limitedServices: readonly LimitedService[] = [
  { name: "cloudtrail", botocoreName: "cloudtrail" },
  { name: "ecs", botocoreName: "ecs" },
  { name: "iam", botocoreName: "iam" },
  { name: "kms", botocoreName: "kms" },
  { name: "organizations", botocoreName: "organizations" },
  { name: "secrets-manager", botocoreName: "secretsmanager" },
  { name: "ssm", botocoreName: "ssm" },
  { name: "sts", botocoreName: "sts" },
];

/** What an SDK client's package exports. */
export type Exports = Readonly<Record<string, unknown>>;

/** A structure as the SDK's schema and botocore's model have it. */
export interface Structure {
  readonly schema: NormalizedSchema;
  /** `undefined` where the model does not know it. */
  readonly shape: Shape | undefined;
}

/** The names of the operations that the files of a service's folder define. */
export function operationNames(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const names = files.flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(/\boperation\((\w+)Command\)/g)].map(
      ([, operation]) => operation!,
    ),
  );
  return [...new Set(names)].sort();
}

/**
 * The structures that the inputs of these operations are made of, by the SDK's names. SDK and model are walked side by
 * side, because a few structures have another name in the SDK.
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
    visit(NormalizedSchema.of(schema[4] as SchemaRef), shapeAt(model, model?.operations[operation]?.input));
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
  const [, , , , members = [], , required = 0] = schema.getSchema() as unknown as [
    0,
    0,
    0,
    0,
    string[]?,
    unknown?,
    number?,
  ];
  return members.slice(0, required).sort();
}
