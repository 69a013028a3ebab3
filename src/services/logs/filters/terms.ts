import { type Filter, MalformedPattern } from "./filter.ts";
import { filterRegex } from "./regex.ts";

interface Term {
  readonly sign: "" | "?" | "-";
  /** A text that every message has that the term matches. */
  readonly needle: string;
  readonly matches: (message: string) => boolean;
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
    if (!found) throw new MalformedPattern(`Invalid term at position ${at + 1}`);
    const [, sign, phrase, regex, word] = found;
    const literal = phrase === undefined ? word : phrase.replace(/\\(["\\])/g, "$1");
    terms.push({ sign: sign as Term["sign"], ...(literal === undefined ? expression(regex ?? "") : text(literal)) });
  }
  return terms;
}

function text(literal: string): Omit<Term, "sign"> {
  return { needle: literal, matches: (message) => message.includes(literal) };
}

function expression(source: string): Omit<Term, "sign"> {
  const { needle, test } = filterRegex(source);
  return { needle, matches: test };
}
