/** A place in a text. Lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A JSON text with the places of its values. */
export interface Document {
  readonly value: unknown;
  /** The place of the value that a JSON pointer names, or of the nearest one around it that is there. */
  placeOf(pointer: string): Place;
}

/** A text that is no JSON. */
export class NotJson extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

/** Reads a JSON text, which may begin with a byte order mark. Throws `NotJson`. */
export function readDocument(text: string): Document {
  const json = text.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const { message } = error as SyntaxError;
    const offset = /at position (\d+)/.exec(message)?.[1];
    throw new NotJson(wordsOf(message), placeAt(json, offset === undefined ? json.length : Number(offset)));
  }
  let offsets: ReadonlyMap<string, number> | undefined;
  return {
    value,
    placeOf(pointer) {
      offsets ??= valueOffsets(json);
      for (let near = pointer; ; near = near.slice(0, near.lastIndexOf("/"))) {
        const offset = offsets.get(near);
        if (offset !== undefined || near === "") return placeAt(json, offset ?? 0);
      }
    },
  };
}

/** V8 quotes the text, which may hold a secret. */
function wordsOf(message: string): string {
  return message.replace(/,? "(?:.|\n)*" is not valid JSON$/, "").replace(/ in JSON at position.*$/s, "");
}

/** The last member counts where a name is repeated, as in `JSON.parse`. */
function valueOffsets(json: string): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  let offset = 0;

  function skipSpace(): void {
    while (/\s/.test(json.charAt(offset))) offset++;
  }

  function readString(): string {
    const start = offset++;
    while (json[offset] !== '"') offset += json[offset] === "\\" ? 2 : 1;
    return JSON.parse(json.slice(start, ++offset)) as string;
  }

  /** `text` is well-formed, and not deeper than `JSON.parse` goes. */
  function readValue(pointer: string): void {
    skipSpace();
    offsets.set(pointer, offset);
    const opening = json[offset];
    if (opening === '"') readString();
    else if (opening === "{" || opening === "[") {
      offset++;
      for (let index = 0; ; index++) {
        skipSpace();
        if (json[offset] === "," && index > 0) {
          offset++;
          skipSpace();
        }
        if (json[offset] === "}" || json[offset] === "]") break;
        let name = String(index);
        if (opening === "{") {
          name = readString();
          skipSpace();
          offset++;
        }
        readValue(`${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
      }
      offset++;
    } else while (/[^\s,\]}]/.test(json.charAt(offset))) offset++;
  }

  try {
    readValue("");
  } catch (error) {
    // So deep that the call stack ends: no definition is.
    if (!(error instanceof RangeError)) throw error;
  }
  return offsets;
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - start + 1 };
}
