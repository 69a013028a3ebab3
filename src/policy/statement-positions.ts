/** Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface StatementPosition {
  readonly start: Position;
  readonly end: Position;
}

const STRING = /"(?:[^"\\]|\\.)*"/y;
const LINE_END = /\r\n|\n|\r/g;

/**
 * The position of each statement in a well-formed policy document, as AWS counts. A statement ends after its brace. It
 * starts after the list's bracket or after the statement before; without a list, after its own brace. Reads the text once.
 */
export function statementPositions(document: string): readonly StatementPosition[] {
  const place = placer(document);
  return statementSpans(document).map(([start, end]) => ({ start: place(start), end: place(end) }));
}

function statementSpans(document: string): readonly (readonly [start: number, end: number])[] {
  let spans: (readonly [number, number])[] = [];
  let depth = 0;
  /** Depth at which the braces of statements open; set while inside `Statement`. */
  let level: number | undefined;
  let start = 0;
  let offset = 0;
  while (offset < document.length) {
    const character = document.charAt(offset);
    if (character === '"') {
      const text = stringAt(document, offset);
      offset += text.length;
      const value = depth === 1 ? valueAfter(document, offset) : undefined;
      if (value === undefined || JSON.parse(text) !== "Statement") continue;
      // If the element is repeated, the last one counts.
      spans = [];
      level = document[value] === "[" ? 2 : 1;
      start = value + 1;
      continue;
    }
    offset++;
    if (character === "{" || character === "[") depth++;
    if (character !== "}" && character !== "]") continue;
    depth--;
    if (depth === level && character === "}") {
      spans.push([start, offset]);
      start = offset;
    }
    // The list or the single statement has ended.
    if (level !== undefined && depth <= 1) level = undefined;
  }
  return spans;
}

function stringAt(document: string, offset: number): string {
  STRING.lastIndex = offset;
  return STRING.exec(document)?.[0] ?? document.slice(offset);
}

/** The offset of the value whose key ends at the given offset; `undefined` if no key ends there. */
function valueAfter(document: string, offset: number): number | undefined {
  const colon = skipSpace(document, offset);
  return document[colon] === ":" ? skipSpace(document, colon + 1) : undefined;
}

function skipSpace(document: string, from: number): number {
  let offset = from;
  while (offset < document.length && " \t\r\n".includes(document.charAt(offset))) offset++;
  return offset;
}

/** Gives the line and column of offsets, which must come in ascending order. */
function placer(document: string): (offset: number) => Position {
  const starts = [0, ...[...document.matchAll(LINE_END)].map(({ index, 0: end }) => index + end.length)];
  let line = 0;
  return (offset) => {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= offset) line++;
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
