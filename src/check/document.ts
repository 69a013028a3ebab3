import { jsonError } from "./json-error.ts";

/** A place in a text. Lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A JSON text with the places of its values. */
export interface Document {
  readonly value: unknown;
  /** Members whose name stands in their object already: the last one counts. */
  repeated(): readonly string[];
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
    if (!(error instanceof SyntaxError)) throw error;
    const { offset, message } = jsonError(json);
    throw new NotJson(message, placeAt(json, offset));
  }
  let read: ReturnType<typeof valueOffsets> | undefined;
  return {
    value,
    repeated() {
      read ??= valueOffsets(json);
      return read.repeated;
    },
    placeOf(pointer) {
      read ??= valueOffsets(json);
      const { offsets } = read;
      for (let near = pointer; ; near = near.slice(0, near.lastIndexOf("/"))) {
        const offset = offsets.get(near);
        if (offset !== undefined || near === "") return placeAt(json, offset ?? 0);
      }
    },
  };
}

const space = /\s+/y;
/** Numbers, `true`, `false` and `null`. */
const bare = /[^\s,\]}]+/y;

/** The last member counts where a name is repeated, as in `JSON.parse`. */
function valueOffsets(json: string) {
  const offsets = new Map<string, number>();
  const repeated: string[] = [];
  let offset = 0;

  /** The offset after what a pattern with the flag "y" matches here. */
  function after(pattern: RegExp): number {
    pattern.lastIndex = offset;
    return pattern.test(json) ? pattern.lastIndex : offset;
  }

  function skipSpace(): void {
    offset = after(space);
  }

  function readString(): string {
    const start = offset++;
    while (json[offset] !== '"') offset += json[offset] === "\\" ? 2 : 1;
    return JSON.parse(json.slice(start, ++offset)) as string;
  }

  /** `text` is well-formed, and not deeper than `JSON.parse` goes. */
  function readValue(pointer: string): void {
    skipSpace();
    // What is in a repeated member is repeated with it.
    if (offsets.has(pointer) && !repeated.some((outer) => pointer.startsWith(`${outer}/`))) repeated.push(pointer);
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
    } else offset = after(bare);
  }

  try {
    readValue("");
  } catch (error) {
    // So deep that the call stack ends: no definition is.
    if (!(error instanceof RangeError)) throw error;
  }
  return { offsets, repeated };
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - start + 1 };
}
