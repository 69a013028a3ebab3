import type { Span } from "./span.ts";

/** Characters of a header that servers surely take. */
const longest = 8 * 1024;

/** A span up to the end of a message, however long that is. */
const toTheEnd = 0xffff_ffff;

const whole: readonly Span[] = [{ start: 0, length: toTheEnd }];

/**
 * Which parts of the messages of a list show secret values, as text: `<number>:<start>+<length>,…;…` in bytes. Where that is too
 * long, whole messages, and then all of them: `<first>-<last>;…`. `none` where nothing was found.
 */
export function writeMarks(messages: readonly (readonly Span[])[]): string {
  const marked = messages.flatMap((spans, number) => (spans.length > 0 ? [{ number, spans }] : []));
  const exact = marked.map(
    ({ number, spans }) => `${number}:${spans.map(({ start, length }) => `${start}+${length}`).join(",")}`,
  );
  if (exact.length === 0) return "none";
  const ranges: { first: number; last: number }[] = [];
  for (const { number } of marked) {
    const range = ranges.at(-1);
    if (range?.last === number - 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  const texts = [exact, ranges.map(({ first, last }) => `${first}-${last}`)].map((parts) => parts.join(";"));
  return texts.find((text) => text.length <= longest) ?? `0-${messages.length - 1}`;
}

/** Reads what `writeMarks` wrote about `count` messages; `undefined` where it is nothing of the kind. */
export function readMarks(text: string, count: number): readonly (readonly Span[])[] | undefined {
  const messages: (readonly Span[])[] = Array.from({ length: count }, () => []);
  if (text === "none") return messages;
  let next = 0;
  for (const part of text.split(";")) {
    const [, first, last, spans] = /^(\d{1,5})(?:-(\d{1,5})|:((?:\d{1,7}\+\d{1,7},?)+))$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    if (first === undefined || from < next || to < from || to >= count) return undefined;
    next = to + 1;
    if (spans === undefined) messages.fill(whole, from, next);
    else {
      const read = readSpans(spans);
      if (!read) return undefined;
      messages[from] = read;
    }
  }
  return messages;
}

function readSpans(text: string): readonly Span[] | undefined {
  let end = 0;
  const spans = text.split(",").map((span) => {
    const [start = 0, length = 0] = span.split("+").map(Number);
    return { start, length };
  });
  for (const { start, length } of spans) {
    if (start < end || length < 1) return undefined;
    end = start + length;
  }
  return spans;
}
