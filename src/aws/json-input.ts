import type { NormalizedSchema } from "@smithy/core/schema";
import { ApiError } from "./api-error.ts";

/** Turns parsed JSON into an operation's input: dates, bytes, no unknown members, no nulls. */
export type JsonReader = (value: unknown) => unknown;

/**
 * The reader for a schema, made once. It throws a `SerializationException` where a value has another type than the
 * schema's, in the words of AWS's servers.
 */
export function jsonReader(schema: NormalizedSchema, made = new Map<unknown, JsonReader>()): JsonReader {
  const known = made.get(schema.getSchema());
  if (known) return known;
  if (schema.isStructSchema()) return structureReader(schema, made);
  if (schema.isListSchema()) return listReader(schema, made);
  if (schema.isMapSchema()) return mapReader(schema, made);
  if (schema.isBlobSchema()) return readBlob;
  if (schema.isTimestampSchema()) return readTimestamp;
  if (schema.isNumericSchema()) return scalarReader("number", "an Integer");
  if (schema.isBooleanSchema()) return scalarReader("boolean", "a Boolean");
  return scalarReader("string", "a String");
}

function structureReader(schema: NormalizedSchema, made: Map<unknown, JsonReader>): JsonReader {
  const members = new Map<string, JsonReader>();
  const read: JsonReader = (value) => {
    if (!isPlain(value)) throw mistyped(value, "Expected null");
    const structure: Record<string, unknown> = {};
    for (const name in value) {
      const member = value[name] === null ? undefined : members.get(name);
      if (member) structure[name] = member(value[name]);
    }
    return structure;
  };
  made.set(schema.getSchema(), read);
  for (const [name, member] of schema.structIterator()) members.set(name, jsonReader(member, made));
  return read;
}

function listReader(schema: NormalizedSchema, made: Map<unknown, JsonReader>): JsonReader {
  let item: JsonReader | undefined;
  return (value) => {
    if (!Array.isArray(value)) throw mistyped(value, "Expected list or null");
    item ??= jsonReader(schema.getValueSchema(), made);
    const read = item;
    return value.filter((entry) => entry !== null).map((entry) => read(entry));
  };
}

function mapReader(schema: NormalizedSchema, made: Map<unknown, JsonReader>): JsonReader {
  let item: JsonReader | undefined;
  return (value) => {
    if (!isPlain(value)) throw mistyped(value, "Expected map or null");
    item ??= jsonReader(schema.getValueSchema(), made);
    const read = item;
    const entries = Object.entries(value).filter(([, entry]) => entry !== null);
    return Object.fromEntries(entries.map(([key, entry]) => [key, read(entry)]));
  };
}

function scalarReader(type: "number" | "boolean" | "string", target: string): JsonReader {
  return (value) => {
    if (typeof value !== type) throw mistyped(value, `${kindOf(value)} can not be converted to ${target}`);
    return value;
  };
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") throw mistyped(value, `${kindOf(value)} can not be converted to a Blob`);
  const bytes = Buffer.from(value, "base64");
  if (bytes.toString("base64").replace(/=+$/, "") !== value.replace(/=+$/, "")) {
    throw serialization("Invalid base64 encoding");
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readTimestamp(value: unknown): Date {
  const time =
    typeof value === "number" ? new Date(value * 1000) : typeof value === "string" ? new Date(value) : undefined;
  if (!time || Number.isNaN(time.getTime()))
    throw mistyped(value, `${kindOf(value)} can not be converted to a Timestamp`);
  return time;
}

function mistyped(value: unknown, otherwise: string): ApiError {
  if (Array.isArray(value)) return serialization("Start of list found where not expected");
  if (isPlain(value)) return serialization("Start of structure or map found where not expected.");
  return serialization(otherwise);
}

function serialization(message: string): ApiError {
  return new ApiError({ code: "SerializationException", status: 400 }, message);
}

function kindOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return `${(typeof value).toUpperCase()}_VALUE`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
