import type { Automaton } from "./automaton.ts";
import type { Span } from "./span.ts";

/** A line, or a piece of one, with the parts of it that show a secret value. */
export interface MaskedLine<Item> {
  /** What came with it. */
  readonly item: Item;
  readonly data: Buffer;
  readonly spans: readonly Span[];
}

/**
 * Finds secret values in the lines of one output. It keeps back at most what may still turn out to be one, and everything that it
 * was given comes out, in order and whole.
 */
export interface LineMasker<Item> {
  /** `goesOn`: the line goes on with what comes next. Gives what is settled. */
  push(item: Item, data: Buffer, goesOn?: boolean): readonly MaskedLine<Item>[];
  /** Something is kept back. */
  readonly isWaiting: boolean;
  /**
   * Gives what was kept back. `end`: nothing else comes. `pause`: something may come later; what looks like the beginning of a
   * value, by 8 characters or more, is then taken for one.
   */
  flush(why: "end" | "pause"): readonly MaskedLine<Item>[];
}

/** Bytes from which on a value is looked for over the end of a line: short ones would be found where none is. */
const shortestOverLines = 8;

/** Bytes of what may be a value that are worth waiting for the next line. */
const worthWaiting = 4;

interface Kept<Item> {
  readonly item: Item;
  readonly data: Buffer;
  /** Where the looked-at bytes begin, in the line and among all of them; and how many they are. */
  readonly begin: number;
  readonly from: number;
  readonly length: number;
}

/** Line breaks, and white space around them, are passed over: a value may be wrapped, and indented. */
export function lineMasker<Item>({ step, depth, isMatch, longest }: Automaton): LineMasker<Item> {
  let state = 0;
  /** Bytes looked at so far, and how many of them before this line. */
  let position = 0;
  let lineStart = 0;
  let goesOnFromBefore = false;
  let kept: Kept<Item>[] = [];
  /** Of all that is kept, in order; they do not touch one another. */
  let found: { from: number; to: number }[] = [];

  const accepts = (length: number) => length >= shortestOverLines || position - length >= lineStart;

  function mark(from: number, to: number): void {
    let start = from;
    for (let last = found.at(-1); last && last.to >= start; last = found.at(-1)) {
      start = Math.min(start, last.from);
      found.pop();
    }
    found.push({ from: start, to });
  }

  function settle(until: number): readonly MaskedLine<Item>[] {
    const settled: MaskedLine<Item>[] = [];
    let count = 0;
    for (const { item, data, begin, from, length } of kept) {
      if (from + length > until) break;
      count++;
      const spans = found.flatMap((one): Span[] => {
        const [start, end] = [Math.max(one.from, from), Math.min(one.to, from + length)];
        return start < end ? [{ start: begin + start - from, length: end - start }] : [];
      });
      settled.push({ item, data, spans });
    }
    kept = kept.slice(count);
    const first = kept[0]?.from ?? position;
    found = found.filter(({ to }) => to > first);
    return settled;
  }

  return {
    push(item, data, goesOn = false) {
      const begin = goesOnFromBefore ? 0 : leadingBlanks(data);
      const end = goesOn ? data.length : Math.max(begin, data.length - trailingBlanks(data));
      if (!goesOnFromBefore) lineStart = position;
      // An empty line ends whatever was wrapped.
      if (begin === end && !goesOn && !goesOnFromBefore) state = 0;
      kept.push({ item, data, begin, from: position, length: end - begin });
      for (let index = begin; index < end; index++) {
        state = step(state, data[index] ?? 0);
        position++;
        if (!isMatch(state)) continue;
        const length = longest(state, accepts);
        if (length > 0) mark(position - length, position);
      }
      goesOnFromBefore = goesOn;
      const open = depth(state);
      return settle(open < (goesOn ? 1 : worthWaiting) ? position : position - open);
    },
    get isWaiting() {
      return kept.length > 0;
    },
    flush(why) {
      const open = depth(state);
      if (why === "pause" && open >= shortestOverLines) mark(position - open, position);
      return settle(position);
    },
  };
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function leadingBlanks(data: Buffer): number {
  let count = 0;
  while (isBlank(data[count])) count++;
  return count;
}

function trailingBlanks(data: Buffer): number {
  let count = 0;
  while (isBlank(data[data.length - 1 - count])) count++;
  return count;
}
