/** Where a text stops being JSON, and what is probably wrong with it. It holds nothing of the text but one character. */
export interface JsonError {
  readonly offset: number;
  readonly message: string;
}

const token =
  /\s*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/y;

/** Finds the first error of a text that `JSON.parse` refuses. */
export function jsonError(text: string): JsonError {
  const offset = firstError(text);
  const character = text.charAt(offset);
  const what = character === "" ? "it ends too early" : `${JSON.stringify(character)} is not expected here`;
  return { offset, message: `${what}${hint(text, offset)}` };
}

function firstError(text: string): number {
  const open: string[] = [];
  /** What may come: a value, the name of a member, a colon, or the end of a value. */
  let next: "value" | "name" | "colon" | "end" = "value";
  /** An empty list or object may be closed at once. */
  let isFresh = false;
  let offset = 0;
  const fail = () => offset + (/^\s*/.exec(text.slice(offset, offset + 10_000))?.[0].length ?? 0);
  for (;;) {
    token.lastIndex = offset;
    const [whole, string, plain, mark] = token.exec(text) ?? [];
    if (whole === undefined) return fail();
    const isValue = string !== undefined || plain !== undefined;
    if (isValue && next === "value") next = "end";
    else if (string !== undefined && next === "name") next = "colon";
    else if (mark === ":" && next === "colon") next = "value";
    else if ((mark === "{" || mark === "[") && next === "value") {
      open.push(mark);
      next = mark === "{" ? "name" : "value";
      isFresh = true;
      offset += whole.length;
      continue;
    } else if (mark === "," && next === "end" && open.length > 0) next = open.at(-1) === "{" ? "name" : "value";
    else if ((mark === "}" && open.at(-1) === "{") || (mark === "]" && open.at(-1) === "[")) {
      if (next !== "end" && !isFresh) return fail();
      open.pop();
      next = "end";
    } else return fail();
    isFresh = false;
    offset += whole.length;
  }
}

/** For what people give most. */
function hint(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 2);
  if (text.trim() === "") return ": the file is empty";
  if (rest === "//" || rest === "/*") return ": JSON has no comments";
  if (text.slice(Math.max(0, offset - 1), offset + 2).includes("{{"))
    return ": the file is a template, render it first";
  if (/^[}\]]/.test(rest) && /,\s*$/.test(text.slice(0, offset))) return ": there is a comma too many before it";
  if (/^(?:---|#|[\w-]+:\s)/.test(text)) return ": the file looks like YAML, write it as JSON";
  return "";
}
