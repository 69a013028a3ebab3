import { MalformedPattern } from "./filter.ts";

export type Matcher = (text: string) => boolean;

/**
 * A regular expression of a filter pattern, without its `%`. There are no groups. It must match somewhere in the text.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 */
export function regexMatcher(source: string): Matcher {
  const alternatives = readRegex(source);
  const states = alternatives.reduce((sum, { pieces }) => sum + pieces.length, 0);
  if (states > mostPieces) throw new MalformedPattern("The regular expression is too large");
  return (text) => alternatives.some((alternative) => matchesAt(alternative, text));
}

/** Pieces of an expression once its counts are written out. */
const mostPieces = 300;

/** Matches one character; `optional` none as well, and `repeated` more of them. */
interface Piece {
  readonly accepts: (code: number) => boolean;
  readonly optional: boolean;
  readonly repeated: boolean;
}

interface Alternative {
  readonly fromStart: boolean;
  readonly toEnd: boolean;
  readonly pieces: readonly Piece[];
}

/**
 * Goes through the text once with the set of pieces that may come next: its time does not depend on what the text is, unlike
 * that of JavaScript's own expressions.
 */
function matchesAt({ fromStart, toEnd, pieces }: Alternative, text: string): boolean {
  const end = pieces.length;
  let current = new Uint8Array(end + 1);
  let next = new Uint8Array(end + 1);
  const reach = (set: Uint8Array, from: number) => {
    for (let at = from; set[at] === 0; at++) {
      set[at] = 1;
      if (!pieces[at]?.optional) return;
    }
  };
  reach(current, 0);
  for (let index = 0; index < text.length; index++) {
    if (current[end] === 1 && !toEnd) return true;
    const code = text.charCodeAt(index);
    next.fill(0);
    let any = false;
    for (const [at, { accepts, repeated }] of pieces.entries()) {
      if (current[at] === 0 || !accepts(code)) continue;
      any = true;
      if (repeated) reach(next, at);
      reach(next, at + 1);
    }
    if (!fromStart) reach(next, 0);
    else if (!any) return false;
    [current, next] = [next, current];
  }
  return current[end] === 1;
}

const literal = /^[A-Za-z0-9:_#=@/;,\- ]$/;

function readRegex(source: string): Alternative[] {
  const alternatives: Alternative[] = [];
  let pieces: Piece[] = [];
  let fromStart = false;
  let toEnd = false;
  const finish = () => {
    alternatives.push({ fromStart, toEnd, pieces });
    [pieces, fromStart, toEnd] = [[], false, false];
  };
  let at = 0;
  while (at < source.length) {
    const character = source.charAt(at);
    if (character === "|") {
      finish();
      at++;
      continue;
    }
    if (toEnd) throw new MalformedPattern('"$" must be at the end of a regular expression');
    if (character === "^") {
      if (pieces.length > 0) throw new MalformedPattern('"^" must be at the beginning of a regular expression');
      fromStart = true;
      at++;
      continue;
    }
    if (character === "$") {
      toEnd = true;
      at++;
      continue;
    }
    const atom = readAtom(source, at);
    const count = readCount(source, atom.end);
    const copies = Math.max(count.most ?? count.least, count.most === undefined ? 1 : 0);
    if (copies > mostPieces) throw new MalformedPattern("The regular expression is too large");
    for (let copy = 1; copy <= copies; copy++) {
      const repeated = count.most === undefined && copy === copies;
      pieces.push({ accepts: atom.accepts, optional: copy > count.least, repeated });
    }
    if (pieces.length > mostPieces) throw new MalformedPattern("The regular expression is too large");
    at = count.end;
  }
  finish();
  return alternatives;
}

interface Atom {
  readonly accepts: Piece["accepts"];
  readonly end: number;
}

function readAtom(source: string, at: number): Atom {
  const character = source.charAt(at);
  if (character === ".") return { accepts: () => true, end: at + 1 };
  if (character === "\\") return readEscape(source, at);
  if (character === "[") return readClass(source, at);
  if (!literal.test(character)) {
    throw new MalformedPattern(`The character "${character}" is not supported in a regular expression`);
  }
  const code = character.charCodeAt(0);
  return { accepts: (other) => other === code, end: at + 1 };
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isWord = (code: number) =>
  isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
const isSpace = (code: number) => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
const classes: Readonly<Record<string, Piece["accepts"]>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isSpace,
  S: (code) => !isSpace(code),
};

function readEscape(source: string, at: number): Atom {
  const hex = /^\\x([0-9A-Fa-f]{2})/.exec(source.slice(at))?.[1];
  if (hex !== undefined) {
    const code = Number.parseInt(hex, 16);
    return { accepts: (other) => other === code, end: at + 4 };
  }
  const escaped = source[at + 1];
  if (escaped === undefined) throw new MalformedPattern("A regular expression must not end in a backslash");
  const named = classes[escaped];
  if (named) return { accepts: named, end: at + 2 };
  if (/[A-Za-z0-9]/.test(escaped)) {
    throw new MalformedPattern(`"\\${escaped}" is not supported in a regular expression`);
  }
  const code = escaped.charCodeAt(0);
  return { accepts: (other) => other === code, end: at + 2 };
}

function readClass(source: string, start: number): Atom {
  const isNegated = source[start + 1] === "^";
  const ranges: Piece["accepts"][] = [];
  let at = start + (isNegated ? 2 : 1);
  for (let first = true; source[at] !== "]" || first; first = false) {
    const low = source[at];
    if (low === undefined) throw new MalformedPattern('A "[" of a regular expression has no "]"');
    if (low === "\\") {
      const atom = readEscape(source, at);
      ranges.push(atom.accepts);
      at = atom.end;
      continue;
    }
    const high = source[at + 1] === "-" && source[at + 2] !== "]" ? source[at + 2] : undefined;
    const [from, to] = [low.charCodeAt(0), (high ?? low).charCodeAt(0)];
    if (to < from) throw new MalformedPattern(`The range "${low}-${high}" of a regular expression is out of order`);
    ranges.push((code) => code >= from && code <= to);
    at += high === undefined ? 1 : 3;
  }
  return { accepts: (code) => ranges.some((accepts) => accepts(code)) !== isNegated, end: at + 1 };
}

interface Count {
  readonly least: number;
  /** `undefined` for any number. */
  readonly most: number | undefined;
  readonly end: number;
}

function readCount(source: string, at: number): Count {
  const sign = source[at];
  if (sign === "?") return { least: 0, most: 1, end: at + 1 };
  if (sign === "*") return { least: 0, most: undefined, end: at + 1 };
  if (sign === "+") return { least: 1, most: undefined, end: at + 1 };
  if (sign !== "{") return { least: 1, most: 1, end: at };
  const [whole, least = "", comma, most] = /^\{(\d{1,4})(,)?(\d{1,4})?\}/.exec(source.slice(at)) ?? [];
  if (whole === undefined) throw new MalformedPattern('A "{" of a regular expression must begin a count such as {2,4}');
  const upper = most === undefined ? (comma === undefined ? Number(least) : undefined) : Number(most);
  if (upper !== undefined && upper < Number(least)) throw new MalformedPattern(`The count ${whole} is out of order`);
  return { least: Number(least), most: upper, end: at + whole.length };
}
