import { applyEdits, type FormattingOptions, findNodeAtLocation, type JSONPath, modify, parseTree } from "jsonc-parser";
import type { Move, Sorted } from "./moves.ts";

/** The file's text with its values moved. All else stays as it was written. `valueFrom` gives a move's reference. */
export function hardened(
  text: string,
  root: JSONPath,
  { moves, unused }: Pick<Sorted, "moves" | "unused">,
  valueFrom: (move: Move) => string,
): string {
  const formattingOptions = formattingOf(text);
  const set = (path: JSONPath, value: unknown, isArrayInsertion = false) => {
    text = applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
  };
  const append = (path: JSONPath, item: object) => {
    const list = findNodeAtLocation(parseTree(text) ?? never(), path);
    if (list?.type === "array") set([...path, list.children?.length ?? 0], item, true);
    else set(path, [item]);
  };
  // From the last to the first: what is taken away from a list moves all behind it.
  const gone = [...moves.map(({ finding }) => finding.pointer), ...unused].map(locationOf);
  const places = gone.sort((one, other) => Number(other[3]) - Number(one[3]));
  for (const place of places) set([...root, ...place], undefined);
  for (const move of moves) {
    const at = [...root, "containerDefinitions", move.container];
    const list = move.kind === "environment" ? ["secrets"] : ["logConfiguration", "secretOptions"];
    append([...at, ...list], { name: move.name, valueFrom: valueFrom(move) });
  }
  return text;
}

/** The text with asterisks in place of the values that would be moved, and of others that may be secrets. */
export function masked(text: string, root: JSONPath, pointers: readonly string[]): string {
  for (const pointer of pointers) {
    const path = [...root, ...pathOf(pointer)];
    text = applyEdits(text, modify(text, path, "****", { formattingOptions: formattingOf(text) }));
  }
  return text;
}

/** What is taken away: a variable's whole item, a log option's member. */
function locationOf(pointer: string): JSONPath {
  const path = pathOf(pointer);
  return path[2] === "environment" ? path.slice(0, -1) : path;
}

/** The path of a JSON pointer (RFC 6901). Numbers are of lists; the only objects with free names are options and labels. */
function pathOf(pointer: string): JSONPath {
  const words = pointer
    .slice(1)
    .split("/")
    .map((word) => word.replaceAll("~1", "/").replaceAll("~0", "~"));
  return words.map((word, index) =>
    /^\d+$/.test(word) && !/^(?:options|dockerLabels|driverOpts)$/.test(words[index - 1] ?? "") ? Number(word) : word,
  );
}

/** The file's own indentation and ends of lines. */
function formattingOf(text: string): FormattingOptions {
  const [, indentation = "  "] = /^([ \t]+)\S/m.exec(text) ?? [];
  const insertSpaces = !indentation.startsWith("\t");
  return { insertSpaces, tabSize: insertSpaces ? indentation.length : 1, eol: text.includes("\r\n") ? "\r\n" : "\n" };
}

function never(): never {
  throw new Error("The file is no JSON any more");
}
