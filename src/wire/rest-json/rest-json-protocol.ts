import { NormalizedSchema } from "@smithy/core/schema";
import type { StaticOperationSchema } from "@smithy/types";
import { ApiError } from "../../model/api-error.ts";
import { jsonDenial } from "../../model/common-errors.ts";
import { isJsonOutOfBounds } from "../json-bounds.ts";
import { type JsonReader, jsonReader } from "../json-input.ts";
import { type JsonWriter, jsonWriter } from "../json-output.ts";
import type { Protocol } from "../protocol.ts";
import { operationAt, type Routes } from "./routes.ts";

export interface RestJsonOptions {
  readonly routes: Routes;
  /** Members of an error's body that its own do not give. */
  members(error: ApiError): Readonly<Record<string, unknown>>;
}

/**
 * AWS's REST protocol with JSON bodies, for structures that are a body, as a whole or by their one payload member:
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJsonProtocol({ routes, members }: RestJsonOptions): Protocol {
  const readers = new Map<StaticOperationSchema, JsonReader>();
  const writers = new Map<StaticOperationSchema, JsonWriter>();
  return {
    contentType: "application/json",
    accessDenied: jsonDenial,
    operationName: (request) => operationAt(routes, request),
    async decode(schema, { body }) {
      const read = readers.get(schema) ?? bodyReader(NormalizedSchema.of(schema[4]));
      readers.set(schema, read);
      return read(parse(body));
    },
    encode(schema, output) {
      const write = writers.get(schema) ?? bodyWriter(NormalizedSchema.of(schema[5]));
      writers.set(schema, write);
      return JSON.stringify(write(output));
    },
    encodeError(error) {
      const body = { ...members(error), message: error.message, ...error.members };
      return { status: error.restStatus, headers: { "x-amzn-errortype": error.shape }, body: JSON.stringify(body) };
    },
    unknownOperation: (name) =>
      new ApiError(
        { code: "UnknownOperationException", status: 404 },
        name === undefined ? "" : `The operation ${name} is not implemented by Sealift`,
      ),
  };
}

/** The member that is the whole body, if the structure has one. Throws for what this protocol does not do yet. */
function payloadOf(schema: NormalizedSchema): readonly [string, NormalizedSchema] | undefined {
  const members = schema.isStructSchema() ? [...schema.structIterator()] : [];
  for (const [name, member] of members) {
    const traits = member.getMergedTraits();
    const unread = (["httpLabel", "httpHeader", "httpPrefixHeaders", "httpQuery", "httpQueryParams"] as const).find(
      (trait) => traits[trait] !== undefined,
    );
    if (unread !== undefined) throw new Error(`${schema.getName()}.${name} is not in the body but ${unread}`);
    if (traits.httpPayload) return [name, member];
  }
  return undefined;
}

function bodyReader(schema: NormalizedSchema): JsonReader {
  const payload = payloadOf(schema);
  if (!payload) return jsonReader(schema);
  const [name, member] = payload;
  const read = jsonReader(member);
  return (value) => (value === undefined ? {} : { [name]: read(value) });
}

function bodyWriter(schema: NormalizedSchema): JsonWriter {
  const payload = payloadOf(schema);
  if (!payload) return jsonWriter(schema);
  const [name, member] = payload;
  const write = jsonWriter(member);
  return (value) => write((value as Readonly<Record<string, unknown>>)[name]);
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    if (!isJsonOutOfBounds(body)) return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw Object.assign(new ApiError({ code: "SerializationException", status: 400 }, "The body is no JSON"), {
      cause,
    });
  }
  throw new ApiError({ code: "SerializationException", status: 400 }, "The input has too many members or levels");
}
