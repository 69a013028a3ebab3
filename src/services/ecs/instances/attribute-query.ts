import { lastPart } from "../arns.ts";
import type { Instance } from "./instance.ts";

/** Characters, as in AWS's API reference of `PlacementConstraint`. */
const longestExpression = 2000;

/** What an expression may ask an instance for. */
const subjects = /^(attribute:[\w./\\-]+|agentConnected|ec2InstanceId)$/;

/**
 * True if an instance meets an expression of the cluster query language: comparisons (`==`, `!=`, `equals`, `not_equals`,
 * `=~`, `in`, `not_in`, `exists`) of `attribute:name`, `agentConnected` and `ec2InstanceId`, joined by `and`/`&&`,
 * `or`/`||`, `not`/`!` and parentheses. No instance meets a malformed expression.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 */
export function matches(expression: string, instance: Instance): boolean {
  if (expression.length > longestExpression) return false;
  const parser = { tokens: tokenize(expression), at: 0, instance };
  const result = readOr(parser);
  return result === true && parser.at === parser.tokens.length;
}

/** Where an expression is in `matches`'s language. */
export function isExpression(expression: string): boolean {
  if (expression.length > longestExpression) return false;
  const parser = { tokens: tokenize(expression), at: 0, instance: nobody };
  return readOr(parser) !== undefined && parser.at === parser.tokens.length;
}

/** Has the members that an expression may ask for. */
const nobody: Asked = { arn: "", attributes: [], sessionId: undefined };

type Asked = Pick<Instance, "arn" | "attributes" | "sessionId" | "ec2InstanceId">;

interface Parser {
  readonly tokens: readonly string[];
  at: number;
  readonly instance: Asked;
}

function tokenize(expression: string): string[] {
  return expression.match(/!exists\b|\(|\)|\[|\]|,|&&|\|\||==|!=|=~|!(?!=)|[^\s()[\],&|=!~]+/g) ?? [];
}

function take(parser: Parser, ...words: readonly string[]): boolean {
  if (!words.includes(parser.tokens[parser.at] ?? "")) return false;
  parser.at++;
  return true;
}

function readOr(parser: Parser): boolean | undefined {
  let result = readAnd(parser);
  while (take(parser, "or", "||")) {
    const next = readAnd(parser);
    result = result === undefined || next === undefined ? undefined : result || next;
  }
  return result;
}

function readAnd(parser: Parser): boolean | undefined {
  let result = readTerm(parser);
  while (take(parser, "and", "&&")) {
    const next = readTerm(parser);
    result = result === undefined || next === undefined ? undefined : result && next;
  }
  return result;
}

function readTerm(parser: Parser): boolean | undefined {
  if (take(parser, "not", "!")) {
    const inner = readTerm(parser);
    return inner === undefined ? undefined : !inner;
  }
  if (take(parser, "(")) {
    const inner = readOr(parser);
    return take(parser, ")") ? inner : undefined;
  }
  const subject = parser.tokens[parser.at++];
  if (subject === undefined || !subjects.test(subject)) return undefined;
  const value = attributeOf(parser.instance, subject);
  if (take(parser, "exists")) return value !== undefined;
  if (take(parser, "!exists", "not_exists")) return value === undefined;
  if (take(parser, "in")) return readList(parser)?.includes(value ?? "");
  if (take(parser, "not_in")) {
    const list = readList(parser);
    return list && !list.includes(value ?? "");
  }
  const negated = take(parser, "!=", "not_equals");
  const pattern = !negated && take(parser, "=~", "matches");
  if (!negated && !pattern && !take(parser, "==", "equals")) return undefined;
  const operand = parser.tokens[parser.at++];
  if (operand === undefined) return undefined;
  // Attribute patterns are an instance type's with a wildcard (`t2.*`); a full regular expression would be an invitation.
  if (pattern) return fits(operand, value ?? "");
  return (value === operand) !== negated;
}

function readList(parser: Parser): string[] | undefined {
  if (!take(parser, "[")) return undefined;
  const values: string[] = [];
  for (;;) {
    const value = parser.tokens[parser.at++];
    if (value === undefined) return undefined;
    values.push(value);
    if (take(parser, "]")) return values;
    if (!take(parser, ",")) return undefined;
  }
}

function attributeOf(instance: Asked, subject: string): string | undefined {
  if (subject === "agentConnected") return String(instance.sessionId !== undefined);
  if (subject === "ec2InstanceId") return instance.ec2InstanceId ?? lastPart(instance.arn);
  const attribute = instance.attributes.find(({ name }) => `attribute:${name}` === subject);
  return attribute && (attribute.value ?? "");
}

/** Without a regular expression: one with many wildcards could run for years. */
function fits(pattern: string, value: string): boolean {
  const [first = "", ...rest] = pattern.split(/\.?\*/);
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let position = first.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return value.length - last.length >= position && value.endsWith(last);
}
