import type { NormalizedSchema } from "@smithy/core/schema";

/** What a service's model says of a member beyond its type; `enum` names a constant that the SDK's client exports. */
export interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: string;
  readonly member?: Limit;
  readonly key?: Limit;
  readonly value?: Limit;
}

export interface Model {
  /** By `Structure.Member`; a service's `limits.json`. */
  readonly limits: Readonly<Record<string, Limit>>;
  /** What the SDK's client package exports: enumerations are looked up here. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Adds to `found` each way in which `value` breaks the model. `path` is the member's, in AWS's lower camel case. */
export type Checker = (value: unknown, path: string, found: string[]) => void;

/** The checker of a schema and its limits, made once. The value's types must be the schema's. */
export function checker(
  model: Model,
  schema: NormalizedSchema,
  limit: Limit = {},
  sensitive = false,
  made = new Map<unknown, Checker>(),
): Checker {
  const own = limitChecker(model, limit, schema, sensitive);
  if (schema.isStructSchema()) return both(own, structureChecker(model, schema, made));
  if (schema.isListSchema()) {
    const item = lazily(() =>
      checker(model, schema.getValueSchema(), limit.member, isSensitive(schema.getValueSchema()), made),
    );
    return both(own, (value, path, found) => {
      for (const [index, entry] of (value as unknown[]).entries()) item()(entry, `${path}.${index + 1}.member`, found);
    });
  }
  if (schema.isMapSchema()) {
    const item = lazily(() => checker(model, schema.getValueSchema(), limit.value, false, made));
    const key = limitChecker(model, limit.key ?? {}, undefined, false);
    return both(own, (value, path, found) => {
      for (const [name, entry] of Object.entries(value as object)) {
        key?.(name, path, found);
        item()(entry, `${path}.${name}.member`, found);
      }
    });
  }
  return own ?? (() => {});
}

function structureChecker(model: Model, schema: NormalizedSchema, made: Map<unknown, Checker>): Checker {
  const known = made.get(schema.getSchema());
  if (known) return known;
  const members: { name: string; shown: string; required: boolean; check: Checker }[] = [];
  const check: Checker = (value, path, found) => {
    const prefix = path === "" ? "" : `${path}.`;
    for (const member of members) {
      const inner = (value as Record<string, unknown>)[member.name];
      if (inner !== undefined) member.check(inner, prefix + member.shown, found);
      else if (member.required) found.push(failure(null, prefix + member.shown, "not be null"));
    }
  };
  made.set(schema.getSchema(), check);
  let required = ((schema.getSchema() as unknown as unknown[])[6] as number | undefined) ?? 0;
  for (const [name, member] of schema.structIterator()) {
    const limit = model.limits[`${schema.getName()}.${name}`];
    members.push({
      name,
      shown: name.charAt(0).toLowerCase() + name.slice(1),
      required: required-- > 0,
      check: checker(model, member, limit, isSensitive(member), made),
    });
  }
  return check;
}

function limitChecker(model: Model, limit: Limit, schema: NormalizedSchema | undefined, sensitive: boolean) {
  const pattern = limit.pattern === undefined ? undefined : anchored(limit.pattern);
  const values =
    limit.enum === undefined ? undefined : (model.exports[limit.enum] as Record<string, string> | undefined);
  const allowed = values && new Set<unknown>(Object.values(values));
  const numeric = schema?.isNumericSchema() ?? false;
  const kind = numeric ? "value" : "length";
  if (
    limit.min === undefined &&
    limit.max === undefined &&
    !pattern &&
    !allowed &&
    !numeric &&
    !schema?.isBooleanSchema()
  )
    return undefined;
  const check: Checker = (value, path, found) => {
    const size = numeric ? (value as number) : sizeOf(value);
    const shown = sensitive ? undefined : value;
    if (numeric && !Number.isFinite(size)) return void found.push(failure(shown, path, "be a number"));
    if (schema?.isBooleanSchema() && typeof value !== "boolean") found.push(failure(shown, path, "be true or false"));
    if (limit.min !== undefined && size < limit.min)
      found.push(failure(shown, path, `have ${kind} greater than or equal to ${limit.min}`));
    if (limit.max !== undefined && size > limit.max)
      found.push(failure(shown, path, `have ${kind} less than or equal to ${limit.max}`));
    else if (pattern && !pattern.test(String(value)))
      found.push(failure(shown, path, `satisfy regular expression pattern: ${limit.pattern}`));
    if (allowed && !allowed.has(value))
      found.push(failure(shown, path, `satisfy enum value set: [${[...allowed].join(", ")}]`));
  };
  return check;
}

function failure(shown: unknown, path: string, must: string): string {
  // AWS leaves a sensitive member's value out.
  const value =
    shown === undefined
      ? ""
      : shown === null
        ? " null"
        : ` '${typeof shown === "object" ? JSON.stringify(shown) : shown}'`;
  return `Value${value} at '${path}' failed to satisfy constraint: Member must ${must}`;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function isSensitive(schema: NormalizedSchema): boolean {
  return Boolean((schema.getMergedTraits() as { sensitive?: 1 }).sensitive);
}

function anchored(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    // A few of AWS's patterns escape characters that the "u" flag does not allow to be escaped.
    return new RegExp(`^(?:${pattern})$`);
  }
}

function both(first: Checker | undefined, second: Checker): Checker {
  if (!first) return second;
  return (value, path, found) => {
    first(value, path, found);
    second(value, path, found);
  };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
