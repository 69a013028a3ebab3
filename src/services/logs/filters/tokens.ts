import { invalidCharacters, MalformedPattern } from "./filter.ts";

/** A piece of a filter pattern. `punctuation` is an operator, a bracket or a comma. */
export interface Token {
  readonly kind: "word" | "phrase" | "regex" | "punctuation";
  /** Without the quotes or percent signs. */
  readonly text: string;
  /** Its place in the pattern, from 1. */
  readonly position: number;
}

const form =
  /\s*(?:"((?:[^"\\]|\\.)*)"|%((?:[^%\\]|\\.)*)%|(&&|\|\||!=|<=|>=|[=<>(){},!])|((?:\$(?:\["[^"]*"\]|\['[^']*'\]|[^\s=!<>(){},&|"%])*)|(?:[^\s=!<>(){},&|"%]+)))/y;

/** Splits a pattern. A comma and so on count outside of quotes only. */
export function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  const text = pattern.trimEnd();
  for (let at = 0; at < text.length; at = form.lastIndex) {
    form.lastIndex = at;
    const found = form.exec(text);
    if (!found) throw new MalformedPattern(`Unexpected character at position ${at + 1}`);
    const [whole, phrase, regex, punctuation, word] = found;
    const position = at + 1 + whole.length - whole.trimStart().length;
    if (phrase !== undefined) tokens.push({ kind: "phrase", text: phrase.replace(/\\(["\\])/g, "$1"), position });
    else if (regex !== undefined) tokens.push({ kind: "regex", text: regex, position });
    else if (punctuation !== undefined) tokens.push({ kind: "punctuation", text: punctuation, position });
    else tokens.push({ kind: "word", text: word ?? "", position });
  }
  return tokens;
}

/** Goes through tokens one by one. */
export function tokenReader(tokens: readonly Token[]) {
  let at = 0;
  return {
    peek: (ahead = 0): Token | undefined => tokens[at + ahead],
    next(): Token {
      const token = tokens[at++];
      if (!token) throw new MalformedPattern("The pattern ends too early");
      return token;
    },
    /** Steps over punctuation or a word, if it is next. */
    take(text: string): boolean {
      const token = tokens[at];
      const isNext = token?.text.toUpperCase() === text && (token.kind === "punctuation" || token.kind === "word");
      if (isNext) at++;
      return isNext;
    },
    isDone: () => at >= tokens.length,
  };
}

export type TokenReader = ReturnType<typeof tokenReader>;

export function unexpected({ kind, text, position }: Token): MalformedPattern {
  if (kind === "punctuation") return invalidCharacters(text);
  return new MalformedPattern(`Unexpected "${text}" at position ${position}`);
}
