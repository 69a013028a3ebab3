import type { Regex } from "../../../../regex/regex.ts";
import type { Expression } from "../language/expression.ts";
import type { Row } from "../row.ts";
import { textOf } from "../values.ts";
import { each, type Stage } from "./stage.ts";

/** The values of a text, as many as there are names; `undefined` where it does not match. */
export type Extract = (text: string) => readonly (string | undefined)[] | undefined;

/** Sets fields from parts of another one. A line that does not match stays, without them. */
export function parseStage(from: Expression, names: readonly string[], extract: Extract): Stage {
  return each((row: Row) => {
    const text = textOf(from.evaluate(row));
    const values = text === undefined ? undefined : extract(text);
    for (const [index, value] of values?.entries() ?? []) {
      const name = names[index];
      if (name !== undefined && value !== undefined) row.set(name, value);
    }
    return row;
  });
}

/** `"user=*, method=*"`: each `*` takes the text up to what stands behind it, the last one the rest. */
export function globExtract(glob: string): { readonly extract: Extract; readonly wildcards: number } {
  const [first = "", ...parts] = glob.split("*");
  return {
    wildcards: parts.length,
    extract(text) {
      const begin = text.indexOf(first);
      if (begin < 0) return undefined;
      let at = begin + first.length;
      const values: string[] = [];
      for (const [index, part] of parts.entries()) {
        const isRest = part === "" && index === parts.length - 1;
        const end = isRest ? text.length : text.indexOf(part, at);
        if (end < 0) return undefined;
        values.push(text.slice(at, end));
        at = end + part.length;
      }
      return values;
    },
  };
}

export function regexExtract(regex: Regex): Extract {
  return (text) => regex.capture(text);
}
