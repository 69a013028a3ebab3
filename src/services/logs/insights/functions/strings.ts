import { numberOf, textOf, type Value } from "../values.ts";
import type { FunctionTable, QueryFunction } from "./function.ts";

function ofText(run: (text: string, ...rest: readonly Value[]) => Value, most = 1, least = 1): QueryFunction {
  return {
    ...{ least, most },
    run(given, ...rest) {
      const text = textOf(given);
      return text === undefined ? undefined : run(text, ...rest);
    },
  };
}

function trimmed(text: string, characters: Value, sides: { readonly left: boolean; readonly right: boolean }): string {
  const given = textOf(characters);
  const isTrimmed = (character = "") => (given === undefined ? /\s/.test(character) : given.includes(character));
  let [from, to] = [0, text.length];
  while (sides.left && from < to && isTrimmed(text[from])) from++;
  while (sides.right && to > from && isTrimmed(text[to - 1])) to--;
  return text.slice(from, to);
}

function substring(text: string, start: Value, length: Value): Value {
  const [from, count] = [numberOf(start), numberOf(length)];
  if (from === undefined) return undefined;
  return text.slice(from, count === undefined ? undefined : from + Math.max(count, 0));
}

/** Characters of a text that `replace` may make. */
const longest = 2 * 1024 * 1024;

function replaced(text: string, search: Value, replacement: Value): Value {
  const [from, to] = [textOf(search), textOf(replacement)];
  if (from === undefined || to === undefined || from === "") return text;
  const parts = text.split(from);
  const length = text.length + (parts.length - 1) * (to.length - from.length);
  return length > longest ? undefined : parts.join(to);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html#CWL_QuerySyntax-string-functions */
export const stringFunctions: FunctionTable = {
  isempty: { least: 1, most: 1, run: (given) => given === undefined || given === "" },
  isblank: { least: 1, most: 1, run: (given) => (textOf(given) ?? "").trim() === "" },
  concat: {
    ...{ least: 1, most: 100 },
    run(...given) {
      const text = given.map((one) => textOf(one) ?? "").join("");
      return text.length > longest ? undefined : text;
    },
  },
  ltrim: ofText((text, characters) => trimmed(text, characters, { left: true, right: false }), 2),
  rtrim: ofText((text, characters) => trimmed(text, characters, { left: false, right: true }), 2),
  trim: ofText((text, characters) => trimmed(text, characters, { left: true, right: true }), 2),
  strlen: ofText((text) => [...text].length),
  toupper: ofText((text) => text.toUpperCase()),
  tolower: ofText((text) => text.toLowerCase()),
  substr: ofText(substring, 3, 2),
  replace: ofText(replaced, 3, 3),
  strcontains: ofText((text, search) => text.includes(textOf(search) ?? ""), 2, 2),
};
