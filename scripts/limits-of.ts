import { defined } from "../src/defined.ts";
import type { Limit } from "../src/model/violations.ts";
import type { ServiceModel, Shape } from "./botocore.ts";
import { enumOrder } from "./enum-order.ts";
import { type Exports, type Structure, shapeAt } from "./input-structures.ts";

/** A service's `limits.json`, and the parts of the model that it leaves out, each with the reason. */
export interface Limits {
  readonly limits: Readonly<Record<string, Limit>>;
  readonly leftOut: readonly string[];
}

/** Collects the model's constraints on the members of these structures, sorted. */
export function limitsOf(structures: ReadonlyMap<string, Structure>, model: ServiceModel, exports: Exports): Limits {
  const entries: [string, Limit][] = [];
  const leftOut = new Set<string>();
  for (const [structure, { schema, shape }] of structures) {
    const unknown: string[] = [];
    for (const [member] of schema.structIterator()) {
      const at = shape?.members?.[member];
      const limit = at && limitOf(at.shape);
      if (limit) entries.push([`${structure}.${member}`, limit]);
      if (!at) unknown.push(member);
    }
    if (unknown.length > 0) leftOut.add(`${structure}: the model does not know ${unknown.join(", ")}`);
  }
  return {
    limits: Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1))),
    leftOut: [...leftOut].sort(),
  };

  function limitOf(name: string): Limit | undefined {
    const shape = shapeAt(model, { shape: name });
    if (!shape) throw new Error(`The model lacks its own shape ${name}`);
    const limit: Limit = defined({
      // A length is never below 0.
      min: shape.min === 0 && !isNumeric(shape) ? undefined : shape.min,
      max: shape.max,
      pattern: patternOf(name, shape),
      enum: enumOf(name, shape),
      member: shape.member && limitOf(shape.member.shape),
      key: shape.key && limitOf(shape.key.shape),
      value: shape.value && limitOf(shape.value.shape),
    });
    return Object.keys(limit).length === 0 ? undefined : limit;
  }

  function patternOf(name: string, { pattern }: Shape): string | undefined {
    if (pattern === undefined || isAnything(pattern)) return undefined;
    if (compiles(pattern)) return bareList(pattern);
    leftOut.add(`${name}: the pattern ${pattern} is not valid in JavaScript`);
    return undefined;
  }

  /** The values in the order of AWS's violations, with those that only the SDK's constant has where it is newer. */
  function enumOf(name: string, { enum: values }: Shape): readonly string[] | undefined {
    if (!values) return undefined;
    const capitalised = name.charAt(0).toUpperCase() + name.slice(1);
    const constants = [name, capitalised].map((one) => valuesOf(exports[one]));
    const known = constants.find((constant) => values.every((value) => constant?.includes(value)));
    if (known) return enumOrder([...new Set([...values, ...known])]);
    leftOut.add(`${name}: the SDK exports no constant with the values ${values.join(", ")}`);
    return undefined;
  }
}

function isNumeric({ type }: Shape): boolean {
  return ["integer", "long", "float", "double"].includes(type);
}

/** Newer models anchor lists of names. AWS's messages show them bare. */
function bareList(pattern: string): string {
  return /^\^\(([^()]*\|[^()]*)\)\$$/.exec(pattern)?.[1] ?? pattern;
}

/** Patterns that match everything only cost time. */
function isAnything(pattern: string): boolean {
  return /^\^?\(?\[\\[sS]\\[sS]\]\*\)?\$?$/.test(pattern);
}

function compiles(pattern: string): boolean {
  // As src/model/constraints.ts makes them.
  return ["u", ""].some((flags) => {
    try {
      return new RegExp(`^(?:${pattern})$`, flags) !== undefined;
    } catch {
      return false;
    }
  });
}

function valuesOf(constant: unknown): string[] | undefined {
  if (typeof constant !== "object" || constant === null) return undefined;
  const values = Object.values(constant);
  return values.every((value) => typeof value === "string") ? values : undefined;
}
