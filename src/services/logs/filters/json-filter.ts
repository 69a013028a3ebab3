import { parseExactly } from "../exact-json.ts";
import { conditionTest, type Operator, operators } from "./condition.ts";
import { checkRegexes, type Filter, MalformedPattern, unclosed } from "./filter.ts";
import { readSelector, type Selector } from "./selector.ts";
import { type TokenReader, tokenReader, tokensOf, unexpected } from "./tokens.ts";

type Condition = (root: unknown) => boolean;

/** Levels of parentheses. */
const deepest = 50;

/**
 * `{ $.a.b = "x" && ($.c > 5 || $.d IS NULL) }`: messages that are JSON objects for which it holds. A value that is a list or
 * a structure equals nothing and differs from nothing, as on AWS.
 */
export function jsonFilter(pattern: string): Filter {
  if (!pattern.endsWith("}")) throw unclosed("{", "}");
  const tokens = tokensOf(pattern);
  checkRegexes(tokens);
  const reader = tokenReader(tokens);
  const selectors = new Map<string, Selector>();
  reader.take("{");
  const holds = readAlternatives(reader, selectors, 0);
  if (!reader.take("}") || !reader.isDone()) {
    throw reader.isDone() ? unclosed("{", "}") : unexpected(reader.next());
  }
  return {
    matches(message) {
      const root = parseObject(message);
      return root !== undefined && holds(root);
    },
    needle: "{",
    hasFields: true,
    hasRegex: tokens.some(({ kind }) => kind === "regex"),
    extract(message) {
      const root = parseObject(message);
      const found = [...selectors].map(([name, select]) => [name, select(root).find(isPlain)] as const);
      return Object.fromEntries(
        found
          .filter(([, value]) => value !== undefined && value !== null)
          .map(([name, value]) => [name, String(value)]),
      );
    },
  };
}

function parseObject(message: string): object | undefined {
  const text = message.trimStart();
  if (!text.startsWith("{")) return undefined;
  try {
    return parseExactly(text) as object;
  } catch {
    return undefined;
  }
}

/** `&&` binds more tightly than `||`. */
function readAlternatives(reader: TokenReader, selectors: Map<string, Selector>, depth: number): Condition {
  const alternatives = [readConjunction(reader, selectors, depth)];
  while (reader.take("||")) alternatives.push(readConjunction(reader, selectors, depth));
  return (root) => alternatives.some((holds) => holds(root));
}

function readConjunction(reader: TokenReader, selectors: Map<string, Selector>, depth: number): Condition {
  const conditions = [readOne(reader, selectors, depth)];
  while (reader.take("&&")) conditions.push(readOne(reader, selectors, depth));
  return (root) => conditions.every((holds) => holds(root));
}

function readOne(reader: TokenReader, selectors: Map<string, Selector>, depth: number): Condition {
  if (depth > deepest) throw new MalformedPattern("The pattern has too many parentheses");
  if (reader.take("(")) {
    const inner = readAlternatives(reader, selectors, depth + 1);
    if (!reader.take(")")) throw reader.isDone() ? new MalformedPattern('A "(" has no ")"') : unexpected(reader.next());
    return inner;
  }
  const token = reader.next();
  if (token.kind !== "word") throw unexpected(token);
  const select = readSelector(token.text);
  selectors.set(token.text, select);
  if (reader.take("IS")) return readIs(reader, select);
  if (reader.take("NOT")) {
    if (!reader.take("EXISTS")) throw unexpected(reader.next());
    return (root) => select(root).length === 0;
  }
  if (reader.take("EXISTS")) return (root) => select(root).length > 0;
  const operator = reader.next();
  if (!isOperator(operator.text) || operator.kind !== "punctuation") throw unexpected(operator);
  const value = reader.next();
  if (value.kind === "punctuation") throw unexpected(value);
  const test = conditionTest(operator.text, value);
  return (root) => select(root).some((found) => isPlain(found) && found !== null && test(String(found)));
}

function readIs(reader: TokenReader, select: Selector): Condition {
  const negated = reader.take("NOT");
  const expected = (
    [
      ["NULL", null],
      ["TRUE", true],
      ["FALSE", false],
    ] as const
  ).find(([word]) => reader.take(word));
  if (!expected) throw unexpected(reader.next());
  const [, wanted] = expected;
  return (root) => {
    const found = select(root);
    return negated ? found.length > 0 && !found.includes(wanted) : found.includes(wanted);
  };
}

/** No list and no structure. */
function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function isOperator(text: string): text is Operator {
  return (operators as readonly string[]).includes(text);
}
