import { parseInstant } from "./instant.ts";
import { compileIpRange } from "./ip-address.ts";
import { compileArn, compileGlob, type Matcher, type Token } from "./matching.ts";
import type { Policy } from "./policy.ts";
import { type Context, compileTemplate, resolveTemplate, tokensText } from "./variables.ts";

/** Compares one value of the request with one value of the policy. */
export type ValueTest = (actual: string, context: Context) => boolean;

interface Operator {
  /** `…Not…`: satisfied when no value of the policy matches. */
  readonly negated: boolean;
  compile(value: string, version: Policy["version"]): ValueTest;
}

const never: ValueTest = () => false;

const textEquals = templated((tokens) => {
  const text = tokensText(tokens);
  return (actual) => actual === text;
});
const textEqualsIgnoreCase = templated((tokens) => {
  const text = tokensText(tokens).toLowerCase();
  return (actual) => actual.toLowerCase() === text;
});
const textLike = templated(compileGlob);
const arnLike = templated((tokens) => {
  const matches = compileArn(tokens);
  return (actual) => /^arn:(?:[^:]*:){4}/.test(actual) && matches(actual);
});

const operators = new Map<string, Operator>([
  ["StringEquals", { negated: false, compile: textEquals }],
  ["StringNotEquals", { negated: true, compile: textEquals }],
  ["StringEqualsIgnoreCase", { negated: false, compile: textEqualsIgnoreCase }],
  ["StringNotEqualsIgnoreCase", { negated: true, compile: textEqualsIgnoreCase }],
  ["StringLike", { negated: false, compile: textLike }],
  ["StringNotLike", { negated: true, compile: textLike }],
  ...ordered("Numeric", parseNumber),
  ...ordered("Date", parseInstant),
  ["Bool", { negated: false, compile: bool }],
  ["BinaryEquals", { negated: false, compile: binaryEquals }],
  ["IpAddress", { negated: false, compile: ipAddress }],
  ["NotIpAddress", { negated: true, compile: ipAddress }],
  ["ArnEquals", { negated: false, compile: arnLike }],
  ["ArnLike", { negated: false, compile: arnLike }],
  ["ArnNotEquals", { negated: true, compile: arnLike }],
  ["ArnNotLike", { negated: true, compile: arnLike }],
]);

/** Operators in IAM's spelling. `Null` tests the key's presence and not its values, so it is not among `operators`. */
export const conditionOperators: readonly string[] = [...operators.keys(), "Null"];

export function conditionOperator(name: string): Operator {
  const operator = operators.get(name);
  if (operator === undefined) throw new Error(`Cannot evaluate the unknown condition operator "${name}"`);
  return operator;
}

/** String and ARN operators are the only ones with variables. A variable without value matches nothing. */
function templated(compile: (tokens: readonly Token[]) => Matcher): Operator["compile"] {
  return (value, version) => {
    const template = compileTemplate(value, version);
    if (template.fixed !== undefined) return compile(template.fixed);
    return (actual, context) => {
      const tokens = resolveTemplate(template, context);
      return tokens !== undefined && compile(tokens)(actual);
    };
  };
}

function ordered(family: string, parse: (text: string) => number | undefined): readonly [string, Operator][] {
  const compare = (holds: (actual: number, limit: number) => boolean): Operator["compile"] => {
    return (value) => {
      const limit = parse(value);
      if (limit === undefined) return never;
      return (text) => {
        const actual = parse(text);
        return actual !== undefined && holds(actual, limit);
      };
    };
  };
  const equals = compare((actual, limit) => actual === limit);
  return [
    [`${family}Equals`, { negated: false, compile: equals }],
    [`${family}NotEquals`, { negated: true, compile: equals }],
    [`${family}LessThan`, { negated: false, compile: compare((actual, limit) => actual < limit) }],
    [`${family}LessThanEquals`, { negated: false, compile: compare((actual, limit) => actual <= limit) }],
    [`${family}GreaterThan`, { negated: false, compile: compare((actual, limit) => actual > limit) }],
    [`${family}GreaterThanEquals`, { negated: false, compile: compare((actual, limit) => actual >= limit) }],
  ];
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function bool(value: string): ValueTest {
  const wanted = value.toLowerCase();
  return wanted === "true" || wanted === "false" ? (actual) => actual.toLowerCase() === wanted : never;
}

/** Both sides are base64; spelling and padding may differ, the bytes must not. */
function binaryEquals(value: string): ValueTest {
  const wanted = decodeBase64(value);
  return wanted === undefined ? never : (actual) => decodeBase64(actual)?.equals(wanted) ?? false;
}

function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
}

function ipAddress(value: string): ValueTest {
  return compileIpRange(value) ?? never;
}
