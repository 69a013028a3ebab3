import type { Regex } from "../../regex/regex.ts";
import type { LogLine } from "../../runtime/logs.ts";

/** Bytes of an event, as Docker's driver cuts them: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const largest = 262_144 - 26;

/** A line's place in a container's output. */
export interface LinePosition {
  /** The line's time. */
  readonly time: string;
  /** How many lines of this time there are up to and with it. */
  readonly count: number;
}

export interface ShippedEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** Counts lines, from behind `after`. `undefined` for one that is not behind it. */
export function positions(after: LinePosition | undefined): (line: LogLine) => LinePosition | undefined {
  let last: LinePosition = { time: after?.time ?? "", count: 0 };
  let toSkip = after?.count ?? 0;
  return ({ time }) => {
    last = { time, count: time === last.time ? last.count + 1 : 1 };
    if (time === after?.time && toSkip > 0) {
      toSkip--;
      return undefined;
    }
    toSkip = 0;
    return last;
  };
}

/** About as many bytes as a part of a long line has. */
const part = 16 * 1024;

/**
 * Makes events of lines as Docker's driver does: each line is one, or each line that begins one with those that follow it. Parts of
 * a long line are put together, up to the size of an event.
 */
export function eventMaker(first: Regex | undefined) {
  const parts: Record<LogLine["source"], LogLine[]> = { stdout: [], stderr: [] };
  let open: { readonly timestamp: number; readonly texts: string[]; size: number } | undefined;

  function close(): ShippedEvent[] {
    const event = open;
    open = undefined;
    return event ? cut(event.timestamp, event.texts.join("")) : [];
  }

  function join(source: LogLine["source"]): { readonly timestamp: number; readonly text: string } | undefined {
    const joined = parts[source].splice(0);
    const last = joined.at(-1);
    return last && { timestamp: Date.parse(last.time), text: Buffer.concat(joined.map(({ data }) => data)).toString() };
  }

  function add(timestamp: number, text: string): ShippedEvent[] {
    if (!first) return cut(timestamp, text);
    const size = Buffer.byteLength(text) + 1;
    const before = !open || first.test(text) || open.size + size > largest ? close() : [];
    open ??= { timestamp, texts: [], size: 0 };
    open.texts.push(`${text}\n`);
    open.size += size;
    return before;
  }

  return {
    /** Lines, and parts of lines, that wait for what comes after them. */
    get waiting(): number {
      return (open?.texts.length ?? 0) + parts.stdout.length + parts.stderr.length;
    },
    push(line: LogLine): ShippedEvent[] {
      const { source } = line;
      parts[source].push(line);
      const size = parts[source].reduce((sum, { data }) => sum + data.length, 0);
      if (line.partial && size + part <= largest) return [];
      const joined = join(source);
      return joined ? add(joined.timestamp, joined.text) : [];
    },
    /** What waits, as if nothing came after it. */
    flush(): ShippedEvent[] {
      const rest = [join("stdout"), join("stderr")].flatMap((one) => (one ? add(one.timestamp, one.text) : []));
      return [...rest, ...close()];
    },
  };
}

/** Nothing for an empty text, as CloudWatch Logs has no empty events. */
function cut(timestamp: number, text: string): ShippedEvent[] {
  const events: ShippedEvent[] = [];
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    let end = Math.min(largest, bytes.length);
    // Not within a character.
    while (end < bytes.length && end > largest - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
    events.push({ timestamp, message: bytes.toString("utf8", 0, end) });
    bytes = bytes.subarray(end);
  }
  return events;
}
