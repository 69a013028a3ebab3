import { compileRegex, type Regex } from "../../../regex/regex.ts";
import { MalformedRegex } from "../../../regex/syntax.ts";
import { MalformedPattern } from "./filter.ts";

/** A piece of a filter pattern's regular expression: a class, an escape, a character, a sign or a count. */
const piece =
  /\[\^?\]?(?:\\.|[^\]\\])*\]|\\(?:x[0-9A-Fa-f]{2}|[dDwWsS]|[^A-Za-z0-9])|\{\d+(?:,\d*)?\}|[A-Za-z0-9:_#=@/;,\- .|^$?*+]/y;

/**
 * A regular expression of a filter pattern, without its `%`: it has neither groups nor flags. It must match somewhere in the
 * text, in which `.` is any character.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 */
export function filterRegex(source: string): Regex {
  check(source);
  try {
    return compileRegex(`(?s)${source}`);
  } catch (error) {
    if (error instanceof MalformedRegex) throw new MalformedPattern(error.message);
    throw error;
  }
}

function check(source: string): void {
  let before = "|";
  for (let at = 0; at < source.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const found = piece.exec(source)?.[0];
    const character = source.charAt(at);
    if (found === undefined) {
      if (character === "[") throw new MalformedPattern('A "[" of a regular expression has no "]"');
      if (character === "{") {
        throw new MalformedPattern('A "{" of a regular expression must begin a count such as {2,4}');
      }
      if (character === "\\") {
        const escaped = source.charAt(at + 1);
        if (escaped === "") throw new MalformedPattern("A regular expression must not end in a backslash");
        throw new MalformedPattern(`"\\${escaped}" is not supported in a regular expression`);
      }
      throw new MalformedPattern(`The character "${character}" is not supported in a regular expression`);
    }
    if (before === "$" && found !== "|") {
      throw new MalformedPattern('"$" must be at the end of a regular expression');
    }
    if (found === "^" && before !== "|") {
      throw new MalformedPattern('"^" must be at the beginning of a regular expression');
    }
    before = found;
  }
}
