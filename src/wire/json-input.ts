import type { NormalizedSchema } from "@smithy/core/schema";
import { ApiError } from "../model/api-error.ts";

/** Turns parsed JSON into an operation's input: it makes dates and bytes, and drops unknown members and nulls. */
export type JsonReader = (value: unknown) => unknown;

/** Input members that take decimals. The SDK's schemas do not distinguish them from whole numbers. */
export const decimals: ReadonlySet<string> = new Set([
  "CanaryConfiguration.canaryPercent",
  "DaemonDeploymentConfiguration.drainPercent",
  "LinearConfiguration.stepPercent",
  "MemoryGiBPerVCpuRequest.max",
  "MemoryGiBPerVCpuRequest.min",
  "MetricTransformation.defaultValue",
  "NetworkBandwidthGbpsRequest.max",
  "NetworkBandwidthGbpsRequest.min",
  "Resource.doubleValue",
  "Scale.value",
  "TotalLocalStorageGBRequest.max",
  "TotalLocalStorageGBRequest.min",
]);

/**
 * Makes the reader for a schema. The reader throws a `SerializationException`, worded as AWS's servers do, if a value's
 * type differs from the schema's.
 */
export function jsonReader(schema: NormalizedSchema, made = new Map<unknown, JsonReader>()): JsonReader {
  const known = made.get(schema.getSchema());
  if (known) return known;
  if (schema.isStructSchema()) return structureReader(schema, made);
  if (schema.isUnitSchema()) return (value) => (isPlain(value) ? {} : refuse(value, "Expected null"));
  if (schema.isListSchema()) return listReader(schema, made);
  if (schema.isMapSchema()) return mapReader(schema, made);
  if (schema.isBlobSchema()) return readBlob;
  if (schema.isTimestampSchema()) return readTimestamp;
  if (schema.isNumericSchema()) return readWhole;
  if (schema.isBooleanSchema()) return readBoolean;
  if (schema.isDocumentSchema()) return (value) => value;
  return readText;
}

function structureReader(schema: NormalizedSchema, made: Map<unknown, JsonReader>): JsonReader {
  const members = new Map<string, JsonReader>();
  const read: JsonReader = (value) => {
    if (!isPlain(value)) return refuse(value, "Expected null");
    const structure: Record<string, unknown> = {};
    for (const name in value) {
      const member = value[name] === null ? undefined : members.get(name);
      if (member) structure[name] = member(value[name]);
    }
    return structure;
  };
  made.set(schema.getSchema(), read);
  for (const [name, member] of schema.structIterator()) {
    members.set(name, decimals.has(`${schema.getName()}.${name}`) ? readDecimal : jsonReader(member, made));
  }
  return read;
}

function listReader(schema: NormalizedSchema, made: Map<unknown, JsonReader>): JsonReader {
  let item: JsonReader | undefined;
  return (value) => {
    if (!Array.isArray(value)) return refuse(value, "Expected list or null");
    item ??= jsonReader(schema.getValueSchema(), made);
    const read = item;
    return value.filter((entry) => entry !== null).map((entry) => read(entry));
  };
}

function mapReader(schema: NormalizedSchema, made: Map<unknown, JsonReader>): JsonReader {
  let item: JsonReader | undefined;
  return (value) => {
    if (!isPlain(value)) return refuse(value, "Expected map or null");
    item ??= jsonReader(schema.getValueSchema(), made);
    const read = item;
    const entries = Object.entries(value).filter(([, entry]) => entry !== null);
    return Object.fromEntries(entries.map(([key, entry]) => [key, read(entry)]));
  };
}

function readBoolean(value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse(value, `${kindOf(value)} can not be converted to a Boolean`);
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : refuse(value, `${kindOf(value)} can not be converted to a String`);
}

function readWhole(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value)
    ? value
    : refuse(value, `${kindOf(value)} can not be converted to an Integer`);
}

function readDecimal(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value)
    ? value
    : refuse(value, `${kindOf(value)} can not be converted to a Double`);
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") return refuse(value, `${kindOf(value)} can not be converted to a Blob`);
  const bytes = Buffer.from(value, "base64");
  // `Buffer` skips characters that are not base64. Missing padding is accepted.
  const canonical = bytes.toString("base64");
  if (canonical !== value && canonical.replace(/={1,2}$/, "") !== value) {
    throw serialization("Invalid base64 encoding");
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads seconds since 1970, which is the protocol's form, or ISO 8601. */
function readTimestamp(value: unknown): Date {
  const time = typeof value === "number" ? new Date(Math.round(value * 1000)) : readIsoTime(value);
  if (time && !Number.isNaN(time.getTime())) return time;
  return refuse(value, `${kindOf(value)} can not be converted to a Timestamp`);
}

/** Reads an ISO 8601 time. `Date` alone would also accept "1" and "May 5". */
export function readIsoTime(value: unknown): Date | undefined {
  const isTime =
    typeof value === "string" && /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value);
  return isTime ? new Date(value) : undefined;
}

function refuse(value: unknown, otherwise: string): never {
  if (Array.isArray(value)) throw serialization("Start of list found where not expected");
  if (isPlain(value)) throw serialization("Start of structure or map found where not expected.");
  throw serialization(otherwise);
}

function serialization(message: string): ApiError {
  return new ApiError({ code: "SerializationException", status: 400 }, message);
}

/** The name that AWS's servers give to the kind of a JSON value. */
function kindOf(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return "DECIMAL_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return `${(typeof value).toUpperCase()}_VALUE`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
