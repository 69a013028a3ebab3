import { type Filter, invalidCharacters, MalformedPattern } from "./filter.ts";
import { filterRegex } from "./regex.ts";

interface Term {
  readonly sign: "" | "?" | "-";
  /** A text that every message has that the term matches. */
  readonly needle: string;
  readonly matches: (message: string) => boolean;
  readonly isRegex: boolean;
}

const form = /\s*([?-]?)\s*(?:"((?:[^"\\]|\\.)*)"|%((?:[^%\\]|\\.)*)%|([^\s"%]\S*))(?=\s|$)/y;

/**
 * Terms, which a message must have (`ERROR`), may have (`?ERROR`: one of these), or must not have (`-ERROR`). A term that may be
 * there does not count beside others, as on AWS.
 */
export function termsFilter(pattern: string): Filter {
  const terms = readTerms(pattern);
  const [must, may, not] = (["", "?", "-"] as const).map((sign) => terms.filter((term) => term.sign === sign)) as [
    Term[],
    Term[],
    Term[],
  ];
  const needle = must.map((term) => term.needle).sort((one, other) => other.length - one.length)[0];
  return {
    matches: (message) =>
      must.every(({ matches }) => matches(message)) &&
      !not.some(({ matches }) => matches(message)) &&
      (must.length + not.length > 0 || may.some(({ matches }) => matches(message))),
    ...(needle !== undefined && { needle }),
    hasRegex: terms.some(({ isRegex }) => isRegex),
    extract: () => ({}),
  };
}

function readTerms(pattern: string): Term[] {
  const terms: Term[] = [];
  const source = pattern.trimEnd();
  form.lastIndex = 0;
  for (let at = 0; at < source.length; at = form.lastIndex) {
    form.lastIndex = at;
    const found = form.exec(source);
    if (!found) {
      const invalid = /^\s*[?-]?\s*\w*([^\w\s]+)/.exec(source.slice(at))?.[1];
      throw invalid === undefined
        ? new MalformedPattern(`Invalid term at position ${at + 1}`)
        : invalidCharacters(invalid);
    }
    const [, sign, phrase, regex, word] = found;
    const invalid = phrase === "" ? '""' : /[^\p{L}\p{N}_]+/u.exec(word ?? "")?.[0];
    if (invalid !== undefined) throw invalidCharacters(invalid);
    const literal = phrase === undefined ? word : phrase.replace(/\\(["\\])/g, "$1");
    terms.push({ sign: sign as Term["sign"], ...(literal === undefined ? expression(regex ?? "") : text(literal)) });
  }
  return terms;
}

function text(literal: string): Omit<Term, "sign"> {
  return { needle: literal, matches: (message) => message.includes(literal), isRegex: false };
}

function expression(source: string): Omit<Term, "sign"> {
  const { needle, test } = filterRegex(source);
  return { needle, matches: test, isRegex: true };
}
