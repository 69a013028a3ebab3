/**
 * Wildcards as IAM reads them: `*` is any text, `?` any one character, everything else stands for itself.
 * A match reads the text once, whatever the pattern (`indexOf` finds pieces without `?`): there is no backtracking for a
 * hostile pattern to exploit.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

import { type Find, findWithHoles } from "./find-with-holes.ts";

export const ANY_TEXT = Symbol("*");
export const ANY_CHARACTER = Symbol("?");

/** A part of a pattern. Strings are literal text, so that a `*` from a policy variable is not a wildcard. */
export type Token = string | Substituted | typeof ANY_TEXT | typeof ANY_CHARACTER;

/** The value of a policy variable: literal text whose colons do not separate the parts of an ARN. */
export interface Substituted {
  readonly value: string;
}

export type Matcher = (text: string) => boolean;

const never: Matcher = () => false;

/** The colons of an ARN that separate its six parts; the sixth part may contain more of them. */
const ARN_COLONS = 5;

export function tokenize(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const part of pattern.split(/([*?])/)) {
    if (part === "*") tokens.push(ANY_TEXT);
    else if (part === "?") tokens.push(ANY_CHARACTER);
    else if (part !== "") tokens.push(part);
  }
  return tokens;
}

/** Case-sensitive, over the whole text. */
export function compileGlob(tokens: readonly Token[]): Matcher {
  const pieces = splitAt(tokens, ANY_TEXT).map(toPiece);
  const [first = noText] = pieces;
  const last = pieces.at(-1) ?? noText;
  if (pieces.length === 1) {
    return first.holes === undefined
      ? (text) => text === first.text
      : (text) => text.length === first.text.length && matchesAt(first, text, 0);
  }
  const middle = pieces
    .slice(1, -1)
    .filter((piece) => piece.text !== "")
    .map((piece) => ({ length: piece.text.length, find: finder(piece) }));
  const shortest = pieces.reduce((length, piece) => length + piece.text.length, 0);

  return (text) => {
    if (text.length < shortest || !matchesAt(first, text, 0)) return false;
    const end = text.length - last.text.length;
    if (!matchesAt(last, text, end)) return false;
    let position = first.text.length;
    for (const { length, find } of middle) {
      const found = find(text, position, end);
      if (found === -1) return false;
      position = found + length;
    }
    return true;
  };
}

/** True if a text fits a pattern of `*` and `?`. */
export function matchesWildcards(pattern: string, text: string): boolean {
  return compileGlob(tokenize(pattern))(text);
}

/**
 * Compares ARNs part by part, so that no wildcard reaches over one of the first five colons. A pattern with fewer parts
 * (`arn:aws:ssm:*`, `*`) compares its last part with all that remains, as IAM does.
 */
export function compileArn(tokens: readonly Token[]): Matcher {
  const parts = splitArn(tokens);
  const rest = compileGlob(parts.at(-1) ?? []);
  const leading = parts.slice(0, -1).map((part) => {
    const literal =
      part.includes(ANY_TEXT) || part.includes(ANY_CHARACTER) ? undefined : part.map(literalText).join("");
    // Only a policy variable can bring a colon into a part; it must not stand for two parts.
    if (literal?.includes(":")) return { prefix: undefined, matches: never };
    return { prefix: literal === undefined ? undefined : `${literal}:`, matches: compileGlob(part) };
  });

  return (arn) => {
    let position = 0;
    for (const { prefix, matches } of leading) {
      if (prefix !== undefined) {
        if (!arn.startsWith(prefix, position)) return false;
        position += prefix.length;
        continue;
      }
      const colon = arn.indexOf(":", position);
      if (colon === -1 || !matches(arn.slice(position, colon))) return false;
      position = colon + 1;
    }
    return rest(arn.slice(position));
  };
}

/**
 * Compares as `compileArn` does, except that a `*` at the end of a part of a `Resource` may reach over the colons after it.
 * It may not if the first five parts have other wildcards: a glob would let those reach over colons, too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */
export function compileResource(tokens: readonly Token[]): Matcher {
  const leading = splitArn(tokens)
    .slice(0, -1)
    .map((part) => part.filter((token) => token !== ""));
  const reaches = leading.some((part) => part.at(-1) === ANY_TEXT);
  return reaches && leading.every(endsWildly) ? compileGlob(tokens) : compileArn(tokens);
}

/** True if the part has no wildcard except a `*` at its end, and no value with a colon. */
function endsWildly(part: readonly Token[]): boolean {
  return part.every((token, index) => {
    if (typeof token === "object") return !token.value.includes(":");
    return typeof token === "string" || (token === ANY_TEXT && index === part.length - 1);
  });
}

/** The text of a token; a wildcard's is its own character. */
export function literalText(token: Token): string {
  if (typeof token === "string") return token;
  if (token === ANY_TEXT) return "*";
  return token === ANY_CHARACTER ? "?" : token.value;
}

/** Text between two `*`. At the offsets in `holes` any character will do. */
interface Piece {
  readonly text: string;
  readonly holes?: ReadonlySet<number>;
}

const noText: Piece = { text: "" };

function toPiece(tokens: readonly Token[]): Piece {
  let text = "";
  const holes = new Set<number>();
  for (const token of tokens) {
    if (token === ANY_CHARACTER) holes.add(text.length);
    text += literalText(token);
  }
  return holes.size === 0 ? { text } : { text, holes };
}

function matchesAt({ text: wanted, holes }: Piece, text: string, position: number): boolean {
  if (holes === undefined) return text.startsWith(wanted, position);
  for (let offset = 0; offset < wanted.length; offset++) {
    if (wanted.charCodeAt(offset) !== text.charCodeAt(position + offset) && !holes.has(offset)) return false;
  }
  return true;
}

function finder({ text: wanted, holes }: Piece): Find {
  if (holes !== undefined) {
    let find: Find | undefined;
    // Made at first use: most texts are refused by the pattern's beginning.
    return (text, from, end) => {
      find ??= findWithHoles(wanted, holes);
      return find(text, from, end);
    };
  }
  return (text, from, end) => {
    const found = text.indexOf(wanted, from);
    return found <= end - wanted.length ? found : -1;
  };
}

function splitAt(tokens: readonly Token[], separator: Token): readonly (readonly Token[])[] {
  let group: Token[] = [];
  const groups = [group];
  for (const token of tokens) {
    if (token !== separator) {
      group.push(token);
      continue;
    }
    group = [];
    groups.push(group);
  }
  return groups;
}

function splitArn(tokens: readonly Token[]): readonly (readonly Token[])[] {
  let part: Token[] = [];
  const parts = [part];
  for (const token of tokens) {
    if (typeof token !== "string") {
      part.push(token);
      continue;
    }
    let rest = token;
    while (parts.length <= ARN_COLONS && rest.includes(":")) {
      const colon = rest.indexOf(":");
      part.push(rest.slice(0, colon));
      part = [];
      parts.push(part);
      rest = rest.slice(colon + 1);
    }
    part.push(rest);
  }
  return parts;
}
