import { parseExactly } from "../exact-json.ts";
import type { Value } from "./values.ts";

/** A field by its name, and the members to go through to it. */
export interface Field {
  readonly name: string;
  readonly path: readonly string[];
}

/** What gives a value for each line; `field` if it is nothing else than a field. */
export interface Operand {
  readonly field?: Field;
  readonly evaluate: (row: Row) => Value;
}

/** One line of a query: an event, or a group of them. */
export interface Row {
  get(field: Field): Value;
  /** Gives a field a value from here on. */
  set(name: string, value: Value): void;
  /** A copy, which fields are set in on their own. */
  copy(): Row;
  /** Points at the event; absent where the line is none. */
  readonly pointer?: string;
  /** Bytes that it takes up, at about. */
  readonly size: number;
}

/** What is known of an event. */
export interface RowEvent {
  readonly message: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly logStream: string;
  /** `account:group`. */
  readonly log: string;
  readonly pointer: () => string;
}

/** An event, with the fields of its own and those that are discovered in its message. */
export function eventRow(event: RowEvent, made?: Map<string, Value>): Row {
  let discovered: Value | null = null;
  return {
    get({ name, path }) {
      if (made?.has(name)) return made.get(name);
      const system = systemField(event, name);
      if (system !== undefined) return system;
      const [first = ""] = path;
      if (path.length > 1 && made?.has(first)) return dig(made.get(first), path, 1);
      if (discovered === null) discovered = discover(event.message);
      return dig(discovered, path, 0);
    },
    set(name, value) {
      made ??= new Map();
      made.set(name, value);
    },
    copy: () => eventRow(event, new Map(made)),
    get pointer() {
      return event.pointer();
    },
    size: 300 + event.message.length * 3,
  };
}

/** A group of events: it has the fields that it was given. */
export function madeRow(made: Map<string, Value>): Row {
  return {
    get({ name, path }) {
      if (made.has(name)) return made.get(name);
      const [first = ""] = path;
      return path.length > 1 ? dig(made.get(first), path, 1) : undefined;
    },
    set: (name, value) => void made.set(name, value),
    copy: () => madeRow(new Map(made)),
    size: 300,
  };
}

function systemField(event: RowEvent, name: string): Value {
  switch (name) {
    case "@message":
      return event.message;
    case "@timestamp":
      return new Date(event.timestamp);
    case "@ingestionTime":
      return new Date(event.ingestionTime);
    case "@logStream":
      return event.logStream;
    case "@log":
      return event.log;
    case "@ptr":
      return event.pointer();
    default:
      return undefined;
  }
}

/**
 * The first JSON object in a message, whose members are the event's fields.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export function discover(message: string): object | undefined {
  const start = message.indexOf("{");
  if (start < 0) return undefined;
  const end = message.lastIndexOf("}");
  return parsed(message.slice(start, end + 1)) ?? parsed(message.slice(start, endOfObject(message, start)));
}

function parsed(text: string): object | undefined {
  try {
    return parseExactly(text) as object;
  } catch {
    return undefined;
  }
}

/** Behind the bracket that closes the one at `start`. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let isText = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isText) {
      if (character === "\\") at++;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}

/** A member of JSON. Names of members may have points. */
function dig(value: Value | null, path: readonly string[], from: number): Value {
  if (from === path.length) return value ?? undefined;
  if (typeof value !== "object" || value === null || value instanceof Date) return undefined;
  for (let to = from + 1; to <= path.length; to++) {
    const name = path.slice(from, to).join(".");
    if (!Object.hasOwn(value, name)) continue;
    const found = dig((value as Readonly<Record<string, Value>>)[name], path, to);
    if (found !== undefined) return found;
  }
  return undefined;
}
