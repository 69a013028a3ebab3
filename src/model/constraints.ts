import type { NormalizedSchema } from "@smithy/core/schema";

/** A member's constraints in the service's model, beyond its type. `enum` has the values in the order in which AWS lists them. */
export interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly member?: Limit;
  readonly key?: Limit;
  readonly value?: Limit;
}

export interface Model {
  /** A service's `limits.json`, with keys such as `Structure.Member`. */
  readonly limits: Readonly<Record<string, Limit>>;
  /** The exports of the SDK's client package, which include a command for every operation of AWS. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** True if AWS's refusals quote no values, neither those of the request nor those that would be good. */
  readonly hidesValues?: boolean;
}

export interface Constraint {
  /** AWS's wording, such as `Member must have length less than or equal to 5`. */
  readonly phrase: string;
  /** Where it is one. */
  readonly pattern?: string;
  isBroken(value: unknown): boolean;
}

/** A limit's constraints on the member itself, in the order in which AWS lists them. */
export function constraintsOf(model: Model, limit: Limit, schema: NormalizedSchema): readonly Constraint[] {
  const { min, max, pattern } = limit;
  const kind = schema.isNumericSchema() ? "value" : "length";
  const size = schema.isNumericSchema() ? Number : sizeOf;
  const constraints: Constraint[] = [];
  if (max !== undefined) {
    constraints.push({
      phrase: `Member must have ${kind} less than or equal to ${max}`,
      isBroken: (value) => size(value) > max,
    });
  }
  if (min !== undefined) {
    constraints.push({
      phrase: `Member must have ${kind} greater than or equal to ${min}`,
      isBroken: (value) => size(value) < min,
    });
  }
  if (pattern !== undefined) {
    const expression = anchored(pattern);
    constraints.push({
      phrase: `Member must satisfy regular expression pattern: ${pattern}`,
      pattern,
      // Text that is too long is refused anyway, and matching it could take long.
      isBroken: (value) => size(value) <= (max ?? Number.POSITIVE_INFINITY) && !expression.test(String(value)),
    });
  }
  if (limit.enum !== undefined) constraints.push(enumeration(limit.enum, model));
  return constraints;
}

function enumeration(listed: readonly string[], { hidesValues }: Model): Constraint {
  const values = new Set<unknown>(listed);
  return {
    phrase: `Member must satisfy enum value set${hidesValues ? "" : `: [${listed.join(", ")}]`}`,
    isBroken: (value) => !values.has(value),
  };
}

function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

/**
 * A pattern must match the whole text, with or without anchors. A pattern that is anchored only at its beginning may end
 * early: `^(?!\s*$).+` for a resource policy asks for a first line only, and AWS accepts policies of many lines.
 */
function anchored(pattern: string): RegExp {
  const whole = pattern.startsWith("^") && !pattern.endsWith("$") ? pattern : `^(?:${pattern})$`;
  try {
    return new RegExp(whole, "u");
  } catch {
    // A few of AWS's patterns escape characters that the "u" flag does not allow to be escaped.
    return new RegExp(whole);
  }
}
