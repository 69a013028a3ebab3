import { type CharacterTest, characterClass, escapeClass, ignoringCase } from "./characters.ts";

/** The regular expression is not well-formed, or has what cannot be matched in linear time. */
export class MalformedRegex extends Error {}

export type Node =
  | { readonly kind: "character"; readonly accepts: CharacterTest; readonly literal?: string }
  | { readonly kind: "sequence"; readonly parts: readonly Node[] }
  | { readonly kind: "choice"; readonly parts: readonly Node[] }
  | {
      readonly kind: "repeat";
      readonly of: Node;
      readonly least: number;
      /** `Infinity` for any number. */
      readonly most: number;
      readonly isLazy: boolean;
    }
  /** `number` is absent for a group that captures nothing. */
  | { readonly kind: "group"; readonly of: Node; readonly number?: number }
  | { readonly kind: "position"; readonly at: Position };

export type Position = "start" | "end" | "line start" | "line end" | "boundary" | "no boundary";

export interface Syntax {
  readonly root: Node;
  /** The names of the capturing groups, in their order; `undefined` for one without a name. */
  readonly groups: readonly (string | undefined)[];
}

interface Flags {
  readonly ignoresCase: boolean;
  readonly isMultiline: boolean;
  readonly dotMatchesAll: boolean;
}

const deepest = 50;

/** Reads a regular expression. Back references and looking ahead or behind are refused: they take more than one pass. */
export function readRegex(source: string): Syntax {
  const groups: (string | undefined)[] = [];
  let at = 0;
  let flags: Flags = { ignoresCase: false, isMultiline: false, dotMatchesAll: false };

  function choice(depth: number): Node {
    if (depth > deepest) throw new MalformedRegex("The regular expression has too many groups in one another");
    const before = flags;
    const parts = [sequence(depth)];
    while (source[at] === "|") {
      at++;
      parts.push(sequence(depth));
    }
    // Flags hold up to the end of their group.
    flags = before;
    return parts.length === 1 ? (parts[0] as Node) : { kind: "choice", parts };
  }

  function sequence(depth: number): Node {
    const parts: Node[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") {
      const atom = readAtom(depth);
      if (atom) parts.push(repeated(atom));
    }
    return { kind: "sequence", parts };
  }

  function readAtom(depth: number): Node | undefined {
    const character = source.charAt(at);
    if (character === "(") return group(depth);
    at++;
    if (character === "^") return { kind: "position", at: flags.isMultiline ? "line start" : "start" };
    if (character === "$") return { kind: "position", at: flags.isMultiline ? "line end" : "end" };
    if (character === ".") {
      const { dotMatchesAll } = flags;
      return { kind: "character", accepts: (code) => dotMatchesAll || (code !== 0x0a && code !== 0x0d) };
    }
    if (character === "[") {
      const found = characterClass(source, at, MalformedRegex);
      at = found.end;
      return { kind: "character", accepts: flags.ignoresCase ? ignoringCase(found.accepts) : found.accepts };
    }
    if (character === "\\") return escaped();
    if (/[*+?]/.test(character)) throw new MalformedRegex(`Nothing to repeat before "${character}"`);
    return literal(character);
  }

  function escaped(): Node {
    const character = source.charAt(at);
    if (character === "b" || character === "B") {
      at++;
      return { kind: "position", at: character === "b" ? "boundary" : "no boundary" };
    }
    if (character === "A" || character === "z" || character === "Z") {
      at++;
      return { kind: "position", at: character === "A" ? "start" : "end" };
    }
    if (/[1-9k]/.test(character)) throw new MalformedRegex("Back references are not supported");
    const found = escapeClass(source, at, MalformedRegex);
    at = found.end;
    if (found.literal !== undefined) return literal(found.literal);
    return { kind: "character", accepts: found.accepts };
  }

  function literal(character: string): Node {
    const code = character.charCodeAt(0);
    const exact: CharacterTest = (other) => other === code;
    if (flags.ignoresCase) return { kind: "character", accepts: ignoringCase(exact) };
    return { kind: "character", accepts: exact, literal: character };
  }

  function group(depth: number): Node | undefined {
    at++;
    const outer = flags;
    let number: number | undefined;
    const [opening = "", set = "", cleared = "", colon = ""] =
      /^\?([a-z]*)(?:-([a-z]+))?([:)])/.exec(source.slice(at)) ?? [];
    if (opening !== "") {
      at += opening.length;
      setFlags(set, true);
      setFlags(cleared, false);
      if (colon === ")") return undefined;
    } else {
      const [named = "", name] = /^\?P?<([A-Za-z_][A-Za-z0-9_]*)>/.exec(source.slice(at)) ?? [];
      if (named === "" && source[at] === "?") {
        throw new MalformedRegex(`"(${source.slice(at, at + 3)}" is not supported in a regular expression`);
      }
      at += named.length;
      number = groups.push(name);
    }
    const of = choice(depth + 1);
    flags = outer;
    if (source[at] !== ")") throw new MalformedRegex('A "(" of the regular expression has no ")"');
    at++;
    return { kind: "group", of, ...(number !== undefined && { number }) };
  }

  function setFlags(letters: string, value: boolean): void {
    for (const letter of letters) {
      if (letter === "i") flags = { ...flags, ignoresCase: value };
      else if (letter === "m") flags = { ...flags, isMultiline: value };
      else if (letter === "s") flags = { ...flags, dotMatchesAll: value };
      else if (letter !== "u")
        throw new MalformedRegex(`The flag "${letter}" is not supported in a regular expression`);
    }
  }

  function repeated(of: Node): Node {
    const [whole = "", sign = "", least, comma, most, lazy = ""] =
      /^(?:([*+?])|\{(\d{1,4})(,)?(\d{1,4})?\})([?+])?/.exec(source.slice(at)) ?? [];
    if (whole === "") return of;
    at += whole.length;
    if (lazy === "+") throw new MalformedRegex("Possessive quantifiers are not supported");
    const [from, to] = sign
      ? [sign === "+" ? 1 : 0, sign === "?" ? 1 : Number.POSITIVE_INFINITY]
      : [Number(least), most === undefined ? (comma ? Number.POSITIVE_INFINITY : Number(least)) : Number(most)];
    if (to < from) throw new MalformedRegex(`The count ${whole} is out of order`);
    return repeated({ kind: "repeat", of, least: from, most: to, isLazy: lazy === "?" });
  }

  const root = choice(0);
  if (at < source.length) throw new MalformedRegex('A ")" of the regular expression has no "("');
  return { root, groups };
}
