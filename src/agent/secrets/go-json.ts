import {
  GoJsonError,
  isSpace,
  type Reader,
  readNumber,
  readString,
  readWord,
  skipSpace,
  unexpected,
} from "./go-json-tokens.ts";

export { GoJsonError };

/** A JSON value as Go decodes it into `interface{}`; objects are maps, so that no key is special. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** Decodes JSON as Go's `json.Unmarshal` does into a `map[string]interface{}`. Throws a `GoJsonError`. */
export function decodeJsonObject(text: string): JsonObject {
  const { value, isOutOfRange } = read(text);
  if (value === null) return new Map();
  if (!(value instanceof Map)) {
    throw new GoJsonError(`json: cannot unmarshal ${kindOf(value)} into Go value of type map[string]interface {}`);
  }
  if (isOutOfRange) throw outOfRange();
  return value;
}

/** Decodes JSON as Go's `json.Unmarshal` does into an `interface{}`. Throws a `GoJsonError`. */
export function decodeJson(text: string): JsonValue {
  const { value, isOutOfRange } = read(text);
  if (isOutOfRange) throw outOfRange();
  return value;
}

/** Go quotes the number, which here is part of a secret. */
function outOfRange(): GoJsonError {
  return new GoJsonError("json: cannot unmarshal number *** into Go value of type float64");
}

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** The members of a JSON object, in order, repeated names too; none of `null`. Throws a `GoJsonError`. */
export function decodeJsonMembers(text: string): readonly (readonly [string, JsonValue])[] {
  const all: (readonly [string, JsonValue])[] = [];
  const { value } = read(text, (name, member) => all.push([name, member]));
  if (value === null || value instanceof Map) return all;
  throw new GoJsonError(`json: cannot unmarshal ${kindOf(value)} into Go value`);
}

type Frame = { readonly items: JsonValue[] } | { readonly members: Map<string, JsonValue>; key: string };

const maximumDepth = 10_000;

/** A loop with a stack of its own, since texts may nest deeper than the call stack. */
function read(
  text: string,
  onMember: (name: string, value: JsonValue) => void = () => {},
): { readonly value: JsonValue; readonly isOutOfRange: boolean } {
  const reader: Reader = { bytes: Buffer.from(text, "utf8"), at: 0 };
  const frames: Frame[] = [];
  skipSpace(reader);
  for (;;) {
    let value = readValue(reader, frames);
    while (value !== undefined) {
      const frame = frames.at(-1);
      if (frame === undefined) return finish(reader, value);
      if (frames.length === 1 && "members" in frame) onMember(frame.key, value);
      value = "items" in frame ? addItem(reader, frames, frame.items, value) : addMember(reader, frames, frame, value);
    }
  }
}

function finish(reader: Reader, value: JsonValue) {
  while (isSpace(reader.bytes[reader.at])) reader.at++;
  if (reader.at < reader.bytes.length) throw unexpected(reader, "after top-level value");
  return { value, isOutOfRange: reader.isOutOfRange === true };
}

/** Reads a scalar or an empty container; of any other container it reads the opening, and returns `undefined`. */
function readValue(reader: Reader, frames: Frame[]): JsonValue | undefined {
  switch (reader.bytes[reader.at]) {
    case 0x7b: {
      const frame = { members: new Map<string, JsonValue>(), key: "" };
      open(reader, frames, frame);
      if (reader.bytes[reader.at] === 0x7d) return close(reader, frames, frame.members);
      frame.key = readKey(reader);
      return undefined;
    }
    case 0x5b: {
      const frame = { items: [] as JsonValue[] };
      open(reader, frames, frame);
      return reader.bytes[reader.at] === 0x5d ? close(reader, frames, frame.items) : undefined;
    }
    case 0x22:
      return readString(reader);
    case 0x74:
      return readWord(reader, "true", true);
    case 0x66:
      return readWord(reader, "false", false);
    case 0x6e:
      return readWord(reader, "null", null);
    default:
      return readNumber(reader);
  }
}

function open(reader: Reader, frames: Frame[], frame: Frame): void {
  frames.push(frame);
  if (frames.length > maximumDepth) throw unexpected(reader, "exceeded max depth");
  reader.at++;
  skipSpace(reader);
}

function close(reader: Reader, frames: Frame[], value: JsonValue): JsonValue {
  frames.pop();
  reader.at++;
  return value;
}

/** Returns the array if this was its last item. */
function addItem(reader: Reader, frames: Frame[], items: JsonValue[], value: JsonValue): JsonValue | undefined {
  items.push(value);
  skipSpace(reader);
  if (reader.bytes[reader.at] === 0x5d) return close(reader, frames, items);
  if (reader.bytes[reader.at] !== 0x2c) throw unexpected(reader, "after array element");
  reader.at++;
  skipSpace(reader);
  return undefined;
}

/** Returns the object if this was its last member. */
function addMember(
  reader: Reader,
  frames: Frame[],
  frame: { readonly members: Map<string, JsonValue>; key: string },
  value: JsonValue,
): JsonValue | undefined {
  frame.members.set(frame.key, value);
  skipSpace(reader);
  if (reader.bytes[reader.at] === 0x7d) return close(reader, frames, frame.members);
  if (reader.bytes[reader.at] !== 0x2c) throw unexpected(reader, "after object key:value pair");
  reader.at++;
  skipSpace(reader);
  frame.key = readKey(reader);
  return undefined;
}

/** Reads a key and its colon, up to the value. */
function readKey(reader: Reader): string {
  if (reader.bytes[reader.at] !== 0x22) throw unexpected(reader, "looking for beginning of object key string");
  const key = readString(reader);
  skipSpace(reader);
  if (reader.bytes[reader.at] !== 0x3a) throw unexpected(reader, "after object key");
  reader.at++;
  skipSpace(reader);
  return key;
}
