import type { NormalizedSchema } from "@smithy/core/schema";
import { defined } from "../defined.ts";
import { type Constraint, constraintsOf, type Limit, type Model } from "./constraints.ts";
import { requiredCount } from "./required-members.ts";

export type { Limit, Model } from "./constraints.ts";

/** One way in which an input breaks its model. */
export interface Violation {
  /** Where, in AWS's lower camel case: `name`, `tags.1.member.key`. */
  readonly path: string;
  /** In the wording that most services share. */
  readonly message: string;
  /** The pattern that is not matched, where it is that. */
  readonly pattern?: string;
}

/** Appends to `found` each way in which `value`, which stands at `path`, breaks the model. */
export type Checker = (value: unknown, path: string, found: Violation[]) => void;

/** State that the checkers of one operation share. */
interface Scope {
  readonly model: Model;
  /** True inside a sensitive member, and where the service hides all values. */
  readonly sensitive: boolean;
  /** Checkers by structure. A structure may contain itself. */
  readonly made: Map<unknown, Checker>;
}

/** A longer list helps nobody, and a small request could ask for a large answer. */
const mostFailures = 100;

/** Makes the checker of a schema and its limits. A checked value must have the schema's types. */
export function checker(model: Model, schema: NormalizedSchema, limit: Limit = {}): Checker {
  return memberChecker({ model, sensitive: model.hidesValues ?? false, made: new Map() }, schema, limit);
}

function memberChecker(outer: Scope, schema: NormalizedSchema, limit: Limit): Checker {
  const scope = !outer.sensitive && isSensitive(schema) ? { ...outer, sensitive: true, made: new Map() } : outer;
  const own = constraintsOf(scope.model, limit, schema);
  const inner = innerChecker(scope, schema, limit);
  if (own.length === 0) return inner ?? (() => {});
  const shown = renderer(scope, schema);
  return (value, path, found) => {
    for (const constraint of own) {
      if (!constraint.isBroken(value)) continue;
      found.push({ ...violation(shown(value), path, constraint.phrase), ...defined({ pattern: constraint.pattern }) });
    }
    inner?.(value, path, found);
  };
}

function innerChecker(scope: Scope, schema: NormalizedSchema, limit: Limit): Checker | undefined {
  if (schema.isStructSchema()) return structureChecker(scope, schema);
  if (schema.isListSchema()) return listChecker(scope, schema, limit);
  if (schema.isMapSchema()) return mapChecker(scope, schema, limit);
  return undefined;
}

function structureChecker(scope: Scope, schema: NormalizedSchema): Checker {
  const known = scope.made.get(schema.getSchema());
  if (known) return known;
  const members: { name: string; shown: string; required: boolean; check: Checker }[] = [];
  const check: Checker = (value, path, found) => {
    const structure = structureOf(value);
    const prefix = path === "" ? "" : `${path}.`;
    for (const member of members) {
      const inner = structure[member.name];
      if (inner !== undefined) member.check(inner, prefix + member.shown, found);
      else if (member.required) {
        const shown = scope.model.hidesValues ? undefined : "null";
        found.push(violation(shown, prefix + member.shown, "Member must not be null", ""));
      }
    }
  };
  scope.made.set(schema.getSchema(), check);
  let required = requiredCount(schema);
  for (const [name, member] of schema.structIterator()) {
    members.push({
      name,
      shown: name.charAt(0).toLowerCase() + name.slice(1),
      required: required-- > 0,
      check: memberChecker(scope, member, scope.model.limits[`${schema.getName()}.${name}`] ?? {}),
    });
  }
  return check;
}

/** AWS reports structures in a list one by one, and simple values all at once. */
function listChecker(scope: Scope, schema: NormalizedSchema, limit: Limit): Checker | undefined {
  const item = schema.getValueSchema();
  if (isSimple(item)) return allChecker(scope, schema, limit.member, item, "Member", listOf);
  const check = memberChecker(scope, item, limit.member ?? {});
  return (value, path, found) => {
    const items = listOf(value);
    const broken: Violation[] = [];
    for (let index = 0; index < items.length && found.length < mostFailures; index++) {
      // Lists are long, and hardly any item breaks a rule: only then is it told where it stands.
      check(items[index], "", broken);
      if (broken.length > 0) check(items[index], `${path}.${index + 1}.member`, found);
      broken.length = 0;
    }
  };
}

function mapChecker(scope: Scope, schema: NormalizedSchema, limit: Limit): Checker | undefined {
  const item = schema.getValueSchema();
  const keys = allChecker(scope, schema, limit.key, schema.getKeySchema(), "Map keys", (value) =>
    Object.keys(structureOf(value)),
  );
  const values = isSimple(item)
    ? allChecker(scope, schema, limit.value, item, "Map value", (value) => Object.values(structureOf(value)))
    : memberChecker(scope, item, limit.value ?? {});
  return (value, path, found) => {
    keys?.(value, path, found);
    if (isSimple(item)) return values?.(value, path, found);
    for (const [name, entry] of Object.entries(structureOf(value))) {
      if (found.length >= mostFailures) return;
      values?.(entry, `${path}.${name}.member`, found);
    }
  };
}

function allChecker(
  scope: Scope,
  schema: NormalizedSchema,
  limit: Limit | undefined,
  item: NormalizedSchema,
  subject: string,
  parts: (value: unknown) => readonly unknown[],
): Checker | undefined {
  const constraints: readonly Constraint[] = limit ? constraintsOf(scope.model, limit, item) : [];
  if (constraints.length === 0) return undefined;
  const phrase = `${subject} must satisfy constraint: [${constraints.map((constraint) => constraint.phrase).join(", ")}]`;
  const shown = renderer(scope, schema);
  return (value, path, found) => {
    const isBroken = parts(value).some((part) => constraints.some((constraint) => constraint.isBroken(part)));
    if (isBroken) found.push(violation(shown(value), path, phrase));
  };
}

function violation(shown: string | undefined, path: string, phrase: string, quote = "'"): Violation {
  const value = shown === undefined ? "" : ` ${quote}${shown}${quote}`;
  return { path, message: `Value${value} at '${path}' failed to satisfy constraint: ${phrase}` };
}

/** Renders a value as AWS's Java servers do. Values that are sensitive, or hold sensitive ones, are left out. */
function renderer(scope: Scope, schema: NormalizedSchema): (value: unknown) => string | undefined {
  return scope.sensitive || holdsSensitive(schema) ? () => undefined : (value) => show(schema, value);
}

function show(schema: NormalizedSchema, value: unknown): string {
  // Nobody looked for sensitive members in a structure, so its members are not shown.
  if (schema.isStructSchema()) return schema.getName() ?? "";
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (schema.isListSchema()) {
    return `[${listOf(value)
      .map((item) => show(schema.getValueSchema(), item))
      .join(", ")}]`;
  }
  if (!schema.isMapSchema()) return String(value);
  const entries = Object.entries(structureOf(value));
  return `{${entries.map(([key, item]) => `${key}=${show(schema.getValueSchema(), item)}`).join(", ")}}`;
}

function holdsSensitive(schema: NormalizedSchema): boolean {
  if (isSensitive(schema)) return true;
  if (schema.isListSchema()) return holdsSensitive(schema.getValueSchema());
  return schema.isMapSchema() && (isSensitive(schema.getKeySchema()) || holdsSensitive(schema.getValueSchema()));
}

function isSensitive(schema: NormalizedSchema): boolean {
  return Boolean(schema.getMergedTraits().sensitive);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError("The value is not a list, as its schema says");
}

function structureOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw new TypeError("The value is not a structure or map, as its schema says");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isSimple(schema: NormalizedSchema): boolean {
  return !schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema();
}
