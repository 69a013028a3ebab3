import type { Accumulator } from "../aggregates/aggregate.ts";
import { aggregates } from "../aggregates/table.ts";
import { dedupStage, type SortKey } from "../stages/order.ts";
import { globExtract, parseStage, regexExtract } from "../stages/parse.ts";
import { each, type Stage } from "../stages/stage.ts";
import { type Column, statsStage } from "../stages/stats.ts";
import { isTrue } from "../values.ts";
import { type Expression, type ExpressionOptions, readExpression, readRegexToken } from "./expression.ts";
import { MalformedQuery } from "./malformed.ts";
import { type Scanner, unexpected } from "./scanner.ts";

/** Lines that a query gives at most. */
const mostLines = 100_000;

/** A command of a query. */
export type Command =
  /** `keepsLines`: each line that goes in comes out, in the same order. */
  | { readonly kind: "stage"; readonly stage: Stage; readonly keepsLines: boolean; readonly makesGroups?: boolean }
  /** A stage for which the order of the lines counts. */
  | { readonly kind: "ordered"; readonly stage: Stage }
  | { readonly kind: "sort"; readonly keys: readonly SortKey[] }
  | { readonly kind: "limit"; readonly count: number };

/** What the commands so far make of the columns of the result. */
export interface Columns {
  /** Fields that were asked for; `undefined` as long as none were. */
  shown: string[] | undefined;
  /** Fields that `parse` made. */
  parsed: string[];
  /** Fields whose names are calculations. */
  calculated: Set<string>;
}

export interface Reading {
  readonly scanner: Scanner;
  readonly now: number;
  readonly columns: Columns;
}

/** Reads what stands behind the name of a command. */
export const commands: Readonly<Record<string, (reading: Reading) => Command>> = {
  fields: (reading) => fields(reading, (names) => [...new Set([...(reading.columns.shown ?? []), ...names])]),
  display: (reading) => {
    const command = fields(reading, (names) => [...new Set(names)]);
    reading.columns.parsed = [];
    return command;
  },
  filter: (reading) => {
    const { evaluate } = expression(reading);
    return { kind: "stage", keepsLines: false, stage: each((row) => (isTrue(evaluate(row)) ? row : undefined)) };
  },
  stats,
  sort: (reading) => ({ kind: "sort", keys: list(reading, () => sortKey(reading)) }),
  limit: ({ scanner }) => limit(scanner),
  parse,
  dedup: (reading) => ({ kind: "ordered", stage: dedupStage(list(reading, () => expression(reading))) }),
  unnest,
};

function expression(
  { scanner, now, columns }: Reading,
  more: Pick<ExpressionOptions, "aggregates" | "isOperand"> = {},
): Expression {
  return readExpression({ scanner, now, columns: columns.calculated, ...more });
}

function list<T>({ scanner }: Reading, one: () => T): T[] {
  const found = [one()];
  while (scanner.take(",")) found.push(one());
  return found;
}

/** A calculation with the name behind its `as`, or that of its own text. */
function column(reading: Reading, more: Pick<ExpressionOptions, "aggregates" | "isOperand"> = {}): Column {
  const of = expression(reading, more);
  return { name: reading.scanner.take("as") ? name(reading.scanner) : of.text, of };
}

function name(scanner: Scanner): string {
  const token = scanner.next();
  if (token.kind !== "path") throw unexpected(token, "a name");
  return token.text;
}

function fields(reading: Reading, shown: (names: readonly string[]) => string[]): Command {
  const found = list(reading, () => column(reading));
  reading.columns.shown = shown(found.map((one) => one.name));
  const made = found.filter(({ name: given, of }) => given !== of.field?.name);
  for (const { name: given, of } of made) if (given === of.text) reading.columns.calculated.add(given);
  const stage = each((row) => {
    for (const { name: given, of } of made) row.set(given, of.evaluate(row));
    return row;
  });
  return { kind: "stage", stage, keepsLines: true };
}

function stats(reading: Reading): Command {
  const accumulators: (() => Accumulator)[] = [];
  const counted = list(reading, () => column(reading, { aggregates: { table: aggregates, made: accumulators } }));
  const by = reading.scanner.take("by") ? list(reading, () => column(reading)) : [];
  if (accumulators.length === 0) {
    const { start = 0, end = 0 } = counted[0]?.of ?? {};
    throw new MalformedQuery('"stats" needs an aggregate such as count(*)', start, end);
  }
  const names = [...by, ...counted].map((one) => one.name);
  reading.columns.shown = names;
  reading.columns.parsed = [];
  reading.columns.calculated = new Set(names.filter((one) => one.includes("(")));
  const stage = statsStage({ columns: counted, by, accumulators });
  return { kind: "stage", stage, keepsLines: false, makesGroups: true };
}

function sortKey(reading: Reading): SortKey {
  const by = expression(reading);
  const isDescending = reading.scanner.take("desc");
  if (!isDescending) reading.scanner.take("asc");
  return { by, isDescending };
}

function limit(scanner: Scanner): Command {
  const token = scanner.next();
  const count = Number(token.text);
  if (token.kind !== "number" || !Number.isInteger(count) || count < 1 || count > mostLines) {
    throw new MalformedQuery(`"limit" needs a number from 1 to ${mostLines}`, token.start, token.end);
  }
  return { kind: "limit", count };
}

function parse(reading: Reading): Command {
  const { scanner, columns } = reading;
  const isShort = scanner.peek().kind === "string" || /^\s*\//.test(scanner.query.slice(scanner.end()));
  const from = isShort ? message : expression(reading, { isOperand: true });
  const start = scanner.start();
  const regex = readRegexToken(scanner);
  const glob = regex ? undefined : scanner.next();
  if (glob && glob.kind !== "string") throw unexpected(glob, "a text with * or a regular expression");
  const given = scanner.take("as") ? list(reading, () => name(scanner)) : [];
  const read = glob ? globExtract(glob.text) : undefined;
  const parts = read?.wildcards ?? regex?.groups.length ?? 0;
  const names = given.length === 0 && regex ? regex.groups.map((group) => group ?? "") : given;
  if (parts === 0 || names.length !== parts || names.includes("")) {
    throw new MalformedQuery(
      `"parse" needs as many names as there are ${read ? "* in the text" : "groups in the regular expression"}`,
      ...([start, scanner.end()] as const),
    );
  }
  columns.parsed.push(...names);
  const extract = read?.extract ?? (regex && regexExtract(regex));
  if (!extract) throw unexpected(scanner.peek());
  return { kind: "stage", stage: parseStage(from, names, extract), keepsLines: true };
}

const messageField = { name: "@message", path: ["@message"] };
const message: Expression = {
  ...{ text: "@message", start: 0, end: 0, field: messageField },
  evaluate: (row) => row.get(messageField),
};

function unnest(reading: Reading): Command {
  const { evaluate } = expression(reading);
  if (!reading.scanner.take("into")) throw unexpected(reading.scanner.peek(), '"into"');
  const into = name(reading.scanner);
  reading.columns.parsed.push(into);
  const stage: Stage = (next) => ({
    take(row) {
      const value = evaluate(row);
      const items = Array.isArray(value) ? value : [value];
      return items.every((item) => {
        const copy = row.copy();
        copy.set(into, item ?? undefined);
        return next.take(copy);
      });
    },
    end: next.end,
  });
  return { kind: "stage", stage, keepsLines: false };
}
