import { compileRegex, type Regex } from "../../../../regex/regex.ts";
import { MalformedRegex } from "../../../../regex/syntax.ts";
import { longInteger } from "../../exact-json.ts";
import type { Accumulator, AggregateTable } from "../aggregates/aggregate.ts";
import { datetimeFunctions, periodEnd, periodStart, readPeriod } from "../functions/datetime.ts";
import { generalFunctions } from "../functions/general.ts";
import { calculate, numericFunctions } from "../functions/numeric.ts";
import { stringFunctions } from "../functions/strings.ts";
import type { Field, Operand } from "../row.ts";
import { areEqual, compared, isTrue, textOf } from "../values.ts";
import { MalformedQuery } from "./malformed.ts";
import { type Scanner, type Token, unexpected } from "./scanner.ts";

/** An expression of a query, ready to use. */
export interface Expression extends Operand {
  /** As it stands in the query. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface ExpressionOptions {
  readonly scanner: Scanner;
  /** Milliseconds. */
  readonly now: number;
  /** Fields whose names are calculations, as `count(*)`. */
  readonly columns?: Iterable<string>;
  /** True for a field or a call only: what stands behind it is no operator. */
  readonly isOperand?: boolean;
  /** Takes the aggregates of a `stats`; without it there can be none. */
  readonly aggregates?: { readonly table: AggregateTable; readonly made: (() => Accumulator)[] };
}

type Evaluate = Expression["evaluate"];

const functions = { ...numericFunctions, ...stringFunctions, ...datetimeFunctions, ...generalFunctions };
const timestamp: Field = { name: "@timestamp", path: ["@timestamp"] };
const deepest = 100;

/** The name under which `stats` puts the value of its aggregate of this number. */
export function aggregateName(number: number): string {
  return `\0${number}`;
}

/** Reads an expression. Throws `MalformedQuery`. */
export function readExpression(options: ExpressionOptions): Expression {
  const { scanner } = options;
  let depth = 0;
  const first = scanner.peek();
  const evaluate = options.isOperand ? primary() : disjunction();
  const end = scanner.end();
  const text = scanner.query.slice(first.start, end).trim();
  const isField = first.kind === "path" && first.end === end && !isLiteral(first);
  return {
    ...{ text: isField ? first.text : text, start: first.start, end, evaluate },
    ...(isField && { field: { name: first.text, path: first.path } }),
  };

  function disjunction(): Evaluate {
    if (++depth > deepest) throw new MalformedQuery("Too many parentheses", first.start, scanner.end());
    const alternatives = [conjunction()];
    while (scanner.take("or")) alternatives.push(conjunction());
    depth--;
    const [only] = alternatives;
    if (alternatives.length === 1 && only) return only;
    return (row) => alternatives.some((holds) => isTrue(holds(row)));
  }

  function conjunction(): Evaluate {
    const conditions = [negation()];
    while (scanner.take("and")) conditions.push(negation());
    const [only] = conditions;
    if (conditions.length === 1 && only) return only;
    return (row) => conditions.every((holds) => isTrue(holds(row)));
  }

  function negation(): Evaluate {
    let negations = 0;
    while (scanner.take("not")) negations++;
    const holds = comparison();
    if (negations === 0) return holds;
    return (row) => isTrue(holds(row)) === (negations % 2 === 0);
  }

  function comparison(): Evaluate {
    const left = sum();
    if (scanner.take("=")) return equal(left, sum(), true);
    if (scanner.take("!=")) return equal(left, sum(), false);
    if (scanner.take("=~")) return matching(left, true);
    for (const [sign, holds] of orders) {
      if (!scanner.take(sign)) continue;
      const right = sum();
      return (row) => {
        const order = compared(left(row), right(row));
        return order !== undefined && holds(order);
      };
    }
    const isNegated = scanner.take("not");
    if (scanner.take("like")) return matching(left, !isNegated);
    if (scanner.take("in")) {
      const list = values();
      return (row) => {
        const value = left(row);
        return list.some((one) => areEqual(value, one(row))) !== isNegated;
      };
    }
    if (isNegated) throw unexpected(scanner.peek(), '"like" or "in"');
    return left;
  }

  /** Nothing equals what is absent; it differs from everything. */
  function equal(left: Evaluate, right: Evaluate, wanted: boolean): Evaluate {
    return (row) => areEqual(left(row), right(row)) === wanted;
  }

  function matching(left: Evaluate, wanted: boolean): Evaluate {
    const regex = readRegexToken(scanner);
    if (regex) return (row) => regex.test(textOf(left(row)) ?? "") === wanted;
    const right = sum();
    return (row) => {
      const [text, part] = [textOf(left(row)), textOf(right(row))];
      return (text !== undefined && part !== undefined && text.includes(part)) === wanted;
    };
  }

  function values(): Evaluate[] {
    if (!scanner.take("[")) throw unexpected(scanner.peek(), '"["');
    const list: Evaluate[] = [];
    while (!scanner.take("]")) {
      if (list.length > 0 && !scanner.take(",")) throw unexpected(scanner.peek(), '"," or "]"');
      list.push(sum());
    }
    return list;
  }

  function sum(): Evaluate {
    return operations(["+", "-"], () => operations(["*", "/", "%"], power));
  }

  function operations(signs: readonly string[], operand: () => Evaluate): Evaluate {
    let left = operand();
    for (;;) {
      const sign = signs.find((one) => scanner.take(one));
      if (sign === undefined) return left;
      const [before, right] = [left, operand()];
      left = (row) => calculate(sign, before(row), right(row));
    }
  }

  function power(): Evaluate {
    const base = signed();
    if (!scanner.take("^")) return base;
    if (++depth > deepest) throw new MalformedQuery("Too many operators", first.start, scanner.end());
    const exponent = power();
    depth--;
    return (row) => calculate("^", base(row), exponent(row));
  }

  function signed(): Evaluate {
    if (!scanner.take("-")) return primary();
    if (++depth > deepest) throw new MalformedQuery("Too many operators", first.start, scanner.end());
    const value = signed();
    depth--;
    return (row) => calculate("-", 0, value(row));
  }

  function primary(): Evaluate {
    // What stands in an aggregate may be a column; the aggregate itself is a new one.
    for (const column of options.aggregates ? [] : (options.columns ?? [])) {
      if (!scanner.takeText(column)) continue;
      const field: Field = { name: column, path: [column] };
      return (row) => row.get(field);
    }
    const token = scanner.next();
    if (token.kind === "string") return () => token.text;
    if (token.kind === "number") {
      const value = longInteger.test(token.text) ? token.text : Number(token.text);
      return () => value;
    }
    if (token.kind === "punctuation" && token.text === "(") {
      const inner = disjunction();
      if (!scanner.take(")")) throw unexpected(scanner.peek(), '")"');
      return inner;
    }
    if (token.kind !== "path") throw unexpected(token);
    if (!token.isQuoted && scanner.take("(")) return call(token);
    if (isLiteral(token)) return () => token.text.toLowerCase() === "true";
    if (!token.isQuoted && keywords.has(token.text.toLowerCase())) throw unexpected(token);
    const field: Field = { name: token.text, path: token.path };
    return (row) => row.get(field);
  }

  function call(token: Token): Evaluate {
    const name = token.text.toLowerCase();
    if (options.aggregates && Object.hasOwn(options.aggregates.table, name)) return aggregate(token, name);
    if (name === "bin" || name === "datefloor" || name === "dateceil") return period(token, name);
    if (name === "now") {
      if (!scanner.take(")")) throw unexpected(scanner.peek(), '")"');
      // AWS's now() is in seconds.
      return () => Math.floor(options.now / 1_000);
    }
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!known) throw new MalformedQuery(`Unknown function "${token.text}"`, token.start, token.end);
    const given = readArguments(scanner, disjunction);
    checkCount(token, given.length, known, scanner);
    const { run } = known;
    if (given.length === 1 && given[0]) {
      const [one] = given;
      return (row) => run(one(row));
    }
    return (row) => run(...given.map((one) => one(row)));
  }

  function period(token: Token, name: string): Evaluate {
    let time: Evaluate = (row) => row.get(timestamp);
    if (name !== "bin" || scanner.peek().kind !== "period") {
      time = sum();
      if (!scanner.take(",")) throw unexpected(scanner.peek(), '"," and a period such as 5m');
    }
    const length = scanner.next();
    const read = length.kind === "period" ? readPeriod(length.text) : undefined;
    if (!read) throw new MalformedQuery(`"${token.text}" needs a period such as 5m`, length.start, length.end);
    if (!scanner.take(")")) throw unexpected(scanner.peek(), '")"');
    return name === "dateceil" ? (row) => periodEnd(time(row), read) : (row) => periodStart(time(row), read);
  }

  function aggregate(token: Token, name: string): Evaluate {
    const { table, made } = options.aggregates ?? { table: {}, made: [] };
    const { aggregates: _, isOperand: __, ...plain } = options;
    const isAll = scanner.take("*");
    const given = isAll ? [] : readArguments(scanner, () => readExpression(plain));
    if (isAll && !scanner.take(")")) throw unexpected(scanner.peek(), '")"');
    const definition = table[name];
    if (!definition) throw unexpected(token);
    if (isAll && name !== "count") throw new MalformedQuery(`"${token.text}" takes no "*"`, token.start, scanner.end());
    checkCount(token, given.length, definition, scanner);
    const make = definition.make(given);
    if (!make) throw new MalformedQuery(`Wrong arguments of "${token.text}"`, token.start, scanner.end());
    const resultName = aggregateName(made.push(make) - 1);
    const field: Field = { name: resultName, path: [resultName] };
    return (row) => row.get(field);
  }
}

const orders: readonly (readonly [string, (order: number) => boolean])[] = [
  ["<=", (order) => order <= 0],
  [">=", (order) => order >= 0],
  ["<", (order) => order < 0],
  [">", (order) => order > 0],
];

const keywords = new Set(["and", "or", "not", "like", "in", "as", "by"]);

function isLiteral({ kind, isQuoted, text }: Token): boolean {
  return kind === "path" && !isQuoted && /^(true|false)$/i.test(text);
}

function readArguments<T>(scanner: Scanner, one: () => T): T[] {
  const given: T[] = [];
  while (!scanner.take(")")) {
    if (given.length > 0 && !scanner.take(",")) throw unexpected(scanner.peek(), '"," or ")"');
    given.push(one());
  }
  return given;
}

function checkCount(
  { text, start }: Token,
  count: number,
  { least, most }: { readonly least: number; readonly most: number },
  scanner: Scanner,
): void {
  if (count >= least && count <= most) return;
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  throw new MalformedQuery(`"${text}" takes ${wanted} arguments, not ${count}`, start, scanner.end());
}

/** The regular expression between slashes, if one is next. */
export function readRegexToken(scanner: Scanner): Regex | undefined {
  const found = scanner.regex();
  if (!found) return undefined;
  try {
    return compileRegex(found.source);
  } catch (error) {
    if (error instanceof MalformedRegex) throw new MalformedQuery(error.message, found.start, found.end);
    throw error;
  }
}
