import { applyEdits, format, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { defineMessages, type Translated } from "../i18n/messages.ts";

export interface JsonProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export const jsonMessages = defineMessages({
  bracket: { en: "] expected", "zh-CN": "应为 ]" },
  character: { en: "Invalid character", "zh-CN": "无效字符" },
  colon: { en: ": expected", "zh-CN": "应为 :" },
  comma: { en: ", expected", "zh-CN": "应为 ," },
  brace: { en: "} expected", "zh-CN": "应为 }" },
  comment: { en: "JSON has no comments", "zh-CN": "JSON 不支持注释" },
  end: { en: "Nothing may follow here", "zh-CN": "此处之后不应有内容" },
  escape: { en: "Invalid escape sequence", "zh-CN": "无效的转义序列" },
  number: { en: "Invalid number", "zh-CN": "无效的数字" },
  property: { en: "Property name in double quotes expected", "zh-CN": "应为带双引号的属性名称" },
  string: { en: "The string does not end", "zh-CN": "字符串未结束" },
  symbol: { en: "Invalid symbol", "zh-CN": "无效符号" },
  value: { en: "Value expected", "zh-CN": "应为值" },
});

const keys: Readonly<Record<ReturnType<typeof printParseErrorCode>, keyof typeof jsonMessages>> = {
  "<unknown ParseErrorCode>": "symbol",
  InvalidSymbol: "symbol",
  InvalidNumberFormat: "number",
  PropertyNameExpected: "property",
  ValueExpected: "value",
  ColonExpected: "colon",
  CommaExpected: "comma",
  CloseBraceExpected: "brace",
  CloseBracketExpected: "bracket",
  EndOfFileExpected: "end",
  InvalidCommentToken: "comment",
  UnexpectedEndOfComment: "comment",
  UnexpectedEndOfString: "string",
  UnexpectedEndOfNumber: "number",
  InvalidUnicode: "escape",
  InvalidEscapeCharacter: "escape",
  InvalidCharacter: "character",
};

/** The first thing that keeps a text from being JSON, and where; undefined if it is JSON. */
export function jsonProblem(text: string, words: Translated<typeof jsonMessages>): JsonProblem | undefined {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  return first && { ...placeOf(text, first.offset), message: words[keys[printParseErrorCode(first.error)]] };
}

/** Line and column of an offset, from 1. */
export function placeOf(text: string, offset: number): Pick<JsonProblem, "line" | "column"> {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** JSON with a line for each member; what is no JSON as it is. */
export function indented(text: string): string {
  // Formatting the text, not its value: numbers and equal names stay what they are.
  return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2 }));
}
