import type { Row } from "../row.ts";
import { limitStage, type SortKey, sortStage } from "../stages/order.ts";
import { type Budget, each, type Sink, type Stage } from "../stages/stage.ts";
import { textOf } from "../values.ts";
import { type Columns, type Command, commands } from "./commands.ts";
import { MalformedQuery } from "./malformed.ts";
import { scanner, unexpected } from "./scanner.ts";

/** A field of a line of the result. */
export type ResultField = readonly [name: string, value: string];

/** A query, ready to run. */
export interface Plan {
  /** The order in which it needs the events: that of their time. */
  readonly oldestFirst: boolean;
  /** Starts the query. Its lines go to `give`, and `onMatch` is called for each event that its filters let through. */
  start(give: (line: readonly ResultField[]) => void, onMatch: () => void, budget: Budget): Sink;
}

export interface PlanOptions {
  /** Milliseconds. */
  readonly now: number;
  /** Lines of the result where the query does not say. */
  readonly limit: number;
  /** True if the events come in the order of their time; of several groups they do not. */
  readonly inOrder: boolean;
}

/** Commands of AWS's that are not here. */
const missing = new Set(["anomaly", "diff", "filterindex", "join", "lookup", "pattern", "source", "unmask"]);

/**
 * Reads a query in the language of Logs Insights. Throws `MalformedQuery`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function compileQuery(query: string, options: PlanOptions): Plan {
  const columns: Columns = { shown: undefined, parsed: [], calculated: new Set() };
  const list = readCommands(query, options.now, columns);
  const shown = [...new Set([...(columns.shown ?? ["@timestamp", "@message"]), ...columns.parsed])];
  const fields = shown.map((name) => ({ name, path: columns.calculated.has(name) ? [name] : name.split(".") }));
  return {
    oldestFirst: ordered(list, options, () => {}).oldestFirst,
    start(give, onMatch, budget) {
      const { stages } = ordered(list, options, onMatch);
      const last: Sink = {
        take(row) {
          const line = lineOf(row);
          budget.spend(line.reduce((size, [name, value]) => size + 60 + name.length + value.length * 2, 0));
          give(line);
          return true;
        },
        end() {},
      };
      return stages.reduceRight((next, stage) => stage(next, budget), last);
    },
  };

  function lineOf(row: Row): ResultField[] {
    const line: ResultField[] = [];
    for (const field of fields) {
      const value = textOf(row.get(field));
      if (value !== undefined) line.push([field.name, value]);
    }
    if (row.pointer !== undefined && !shown.includes("@ptr")) line.push(["@ptr", row.pointer]);
    return line;
  }
}

function readCommands(query: string, now: number, columns: Columns): Command[] {
  const reader = scanner(query);
  const list: Command[] = [];
  do {
    const token = reader.next();
    const name = token.text.toLowerCase();
    if (token.kind !== "path" || token.isQuoted) throw unexpected(token, "a command");
    if (missing.has(name)) {
      throw new MalformedQuery(`The command "${token.text}" is not implemented by Sealift`, token.start, token.end);
    }
    const read = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!read) throw new MalformedQuery(`Unknown command "${token.text}"`, token.start, token.end);
    list.push(read({ scanner: reader, now, columns }));
  } while (reader.take("|"));
  if (reader.peek().kind !== "end") throw unexpected(reader.peek(), '"|" or the end of the query');
  return list;
}

const timestamp = { name: "@timestamp", path: ["@timestamp"] };
const newestFirst: SortKey = {
  by: { text: "@timestamp", start: 0, end: 0, field: timestamp, evaluate: (row) => row.get(timestamp) },
  isDescending: true,
};

/** The stages in their order: lines are those of the newest events first, unless the query sorts them. */
function ordered(list: readonly Command[], { limit, inOrder }: PlanOptions, onMatch: () => void) {
  const stages: Stage[] = [];
  let isCounted = false;
  const count = () => {
    if (!isCounted) stages.push(counted(onMatch));
    isCounted = true;
  };
  let isOrdered = inOrder;
  let oldestFirst = false;
  let isLimited = false;
  let mayTurn = inOrder;
  const sortNewest = (rest: readonly Command[]) => {
    if (!isOrdered) stages.push(sortStage([newestFirst], linesBehind(rest, limit)));
    isOrdered = true;
  };
  for (const [index, command] of list.entries()) {
    const rest = list.slice(index + 1);
    if (command.kind !== "stage" || command.makesGroups) count();
    if (command.kind === "sort") {
      const [only, ...others] = command.keys;
      const isByTime = others.length === 0 && only?.by.field?.name === "@timestamp";
      // The events can be read in this order.
      if (isByTime && mayTurn) oldestFirst = !only.isDescending;
      else stages.push(sortStage(command.keys, linesBehind(rest, limit)));
      isOrdered = true;
      mayTurn = false;
    } else if (command.kind === "limit") {
      sortNewest(list.slice(index));
      stages.push(limitStage(command.count));
      isLimited = true;
      mayTurn = false;
    } else if (command.kind === "ordered") {
      sortNewest(list.slice(index));
      stages.push(command.stage);
      mayTurn = false;
    } else {
      stages.push(command.stage);
      if (command.makesGroups) [isOrdered, mayTurn, isLimited] = [true, false, false];
    }
  }
  count();
  sortNewest([]);
  if (!isLimited) stages.push(limitStage(limit));
  return { stages, oldestFirst };
}

function counted(onMatch: () => void): Stage {
  return each((row) => {
    onMatch();
    return row;
  });
}

/** How many lines are wanted of those that commands begin with, in their order. */
function linesBehind(commandsBehind: readonly Command[], limit: number): number {
  for (const command of commandsBehind) {
    if (command.kind === "limit") return command.count;
    if (command.kind !== "stage" || !command.keepsLines) return Number.POSITIVE_INFINITY;
  }
  return limit;
}
