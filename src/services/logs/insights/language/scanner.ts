import { MalformedQuery } from "./malformed.ts";

/** `path` is a word or a field's name, `period` a number with a unit. */
export type TokenKind = "path" | "string" | "number" | "period" | "punctuation" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As it means: without quotes and backticks. */
  readonly text: string;
  /** Of a field: the members to go through. */
  readonly path: readonly string[];
  /** True if it has backticks, so that it is no keyword. */
  readonly isQuoted: boolean;
  readonly start: number;
  readonly end: number;
}

const blank = /(?:\s|#[^\n]*)*/y;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|\.\d+/y;
const period = /\d+[A-Za-z]+/y;
const text = /"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'/y;
const path = /(?:@?[A-Za-z_$][\w$@]*|`[^`]+`)(?:\.(?:[\w$@]+|`[^`]+`)|\[\d+\])*/y;
const part = /`([^`]+)`|\[(\d+)\]|[^.`[\]]+/g;
const punctuation = /!=|=~|<=|>=|[|,()[\]=<>+\-*/^%]/y;
const regex = /\/((?:[^/\\\n]|\\.)*)\//y;

/** Reads a query piece by piece. */
export function scanner(query: string) {
  let at = 0;
  let known: { readonly from: number; readonly token: Token } | undefined;

  function matched(form: RegExp, from: number): RegExpExecArray | undefined {
    form.lastIndex = from;
    return form.exec(query) ?? undefined;
  }

  function skipBlanks(): number {
    return at + (matched(blank, at)?.[0].length ?? 0);
  }

  function read(start: number): Token {
    const token = (kind: TokenKind, length: number, meaning: string, rest: Partial<Token> = {}): Token => ({
      ...{ kind, text: meaning, path: [], isQuoted: false, start, end: start + length },
      ...rest,
    });
    if (start >= query.length) return token("end", 0, "");
    const quoted = matched(text, start);
    if (quoted) return token("string", quoted[0].length, unescaped(quoted[1] ?? quoted[2] ?? ""));
    const digits = matched(number, start);
    if (digits) return token("number", digits[0].length, digits[0]);
    const unit = matched(period, start);
    if (unit) return token("period", unit[0].length, unit[0]);
    const name = matched(path, start)?.[0];
    if (name !== undefined) {
      const steps = [...name.matchAll(part)].map(([whole, ticked, index]) => ticked ?? index ?? whole);
      return token("path", name.length, steps.join("."), { path: steps, isQuoted: name.includes("`") });
    }
    const sign = matched(punctuation, start);
    if (sign) return token("punctuation", sign[0].length, sign[0]);
    const what = query[start] === '"' || query[start] === "'" ? "A text has no end" : "Unexpected character";
    throw new MalformedQuery(`${what}: ${query.slice(start, start + 20)}`, start, start + 1);
  }

  function peek(): Token {
    if (known?.from !== at) known = { from: at, token: read(skipBlanks()) };
    return known.token;
  }

  return {
    query,
    peek,
    next(): Token {
      const token = peek();
      at = token.end;
      return token;
    },
    /** Steps over punctuation or a keyword, if it is next. */
    take(wanted: string): boolean {
      const token = peek();
      if (token.isQuoted || (token.kind !== "punctuation" && token.kind !== "path")) return false;
      if (token.text.toLowerCase() !== wanted) return false;
      at = token.end;
      return true;
    },
    /** The source of a regular expression between slashes, if one is next. */
    regex(): { readonly source: string; readonly start: number; readonly end: number } | undefined {
      const start = skipBlanks();
      const found = matched(regex, start);
      if (!found) return undefined;
      at = start + found[0].length;
      return { source: found[1] ?? "", start, end: at };
    },
    /** Steps over exactly this text, if it is next and no word goes on behind it. */
    takeText(wanted: string): boolean {
      const start = skipBlanks();
      if (!query.startsWith(wanted, start) || /^[\w.]/.test(query.slice(start + wanted.length))) return false;
      at = start + wanted.length;
      return true;
    },
    /** Where the next piece begins, and where the last one ended. */
    start: () => peek().start,
    end: () => at,
    goBack(to: number): void {
      at = to;
    },
  };
}

export type Scanner = ReturnType<typeof scanner>;

function unescaped(quoted: string): string {
  return quoted.replace(/\\([\s\S])/g, (_, character: string) => {
    if (character === "n") return "\n";
    if (character === "t") return "\t";
    return character === "r" ? "\r" : /["'\\]/.test(character) ? character : `\\${character}`;
  });
}

export function unexpected({ kind, text: found, start, end }: Token, wanted?: string): MalformedQuery {
  const what = kind === "end" ? "The query ends too early" : `Unexpected "${found}"`;
  return new MalformedQuery(
    wanted === undefined ? what : `${what}: expected ${wanted}`,
    start,
    Math.max(end, start + 1),
  );
}
