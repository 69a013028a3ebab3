import { longInteger } from "../exact-json.ts";
import { MalformedPattern } from "./filter.ts";
import { filterRegex } from "./regex.ts";
import type { Token } from "./tokens.ts";

export const operators = ["=", "!=", "<", "<=", ">", ">="] as const;
export type Operator = (typeof operators)[number];

/** Tests a value as it stands in a message. */
export type Test = (value: string) => boolean;

const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The test of `<operator> <value>`. */
export function conditionTest(operator: Operator, value: Token): Test {
  const isNumber = value.kind === "word" && number.test(value.text);
  if (operator === "=" || operator === "!=") {
    const equals = isNumber ? equalsNumber(value.text) : equalsText(value);
    return operator === "=" ? equals : (text) => !equals(text);
  }
  if (!isNumber) throw new MalformedPattern(`"${operator}" needs a number, not "${value.text}"`);
  const limit = Number(value.text);
  return (text) => {
    if (!number.test(text)) return false;
    const given = Number(text);
    if (operator === "<") return given < limit;
    if (operator === "<=") return given <= limit;
    return operator === ">" ? given > limit : given >= limit;
  };
}

function equalsNumber(text: string): Test {
  const wanted = Number(text);
  if (longInteger.test(text)) {
    const exact = BigInt(text);
    return (value) =>
      longInteger.test(value) ? BigInt(value) === exact : number.test(value) && Number(value) === wanted;
  }
  return (value) => value === text || (number.test(value) && Number(value) === wanted);
}

function equalsText({ kind, text }: Token): Test {
  if (kind === "regex") return filterRegex(text).test;
  if (!text.includes("*")) return (value) => value === text;
  return wildcard(text);
}

/** `*` stands for any text, at either end or between. */
function wildcard(pattern: string): Test {
  const parts = pattern.split("*");
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  const between = parts.slice(1, -1).filter((part) => part !== "");
  return (value) => {
    if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
    let at = first.length;
    for (const part of between) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= value.length - last.length;
  };
}
