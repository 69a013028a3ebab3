import { NormalizedSchema } from "@smithy/core/schema";
import type { StaticOperationSchema } from "@smithy/types";
import { ApiError, type MessageMember } from "../model/api-error.ts";
import { jsonDenial } from "../model/common-errors.ts";
import { isJsonOutOfBounds } from "./json-bounds.ts";
import { type JsonReader, jsonReader } from "./json-input.ts";
import { type JsonWriter, jsonWriter } from "./json-output.ts";
import type { Protocol } from "./protocol.ts";
import { targetOf } from "./target.ts";

/**
 * AWS JSON 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 * `messageMember` is the service's usual one, for errors that its model does not have.
 */
export function jsonProtocol(messageMember: MessageMember = "message"): Protocol {
  const readers = new Map<StaticOperationSchema, JsonReader>();
  function reader(schema: StaticOperationSchema): JsonReader {
    const made = readers.get(schema) ?? jsonReader(NormalizedSchema.of(schema[4]));
    readers.set(schema, made);
    return made;
  }
  const writers = new Map<StaticOperationSchema, JsonWriter>();
  function writer(schema: StaticOperationSchema): JsonWriter {
    const made = writers.get(schema) ?? jsonWriter(NormalizedSchema.of(schema[5]));
    writers.set(schema, made);
    return made;
  }
  return {
    contentType: "application/x-amz-json-1.1",
    accessDenied: jsonDenial,
    operationName: (request) => targetOf(request)?.operation,
    async decode(schema, { body }) {
      return reader(schema)(parse(body));
    },
    encode: (schema, output) => JSON.stringify(writer(schema)(output)),
    encodeError(error) {
      // AWS leaves the member out of an error without text.
      const text = error.message === "" ? {} : { [error.messageMember ?? messageMember]: error.message };
      return { status: error.jsonStatus, body: JSON.stringify({ __type: error.shape, ...text, ...error.members }) };
    },
    unknownOperation: (name, exists) =>
      new ApiError(
        { code: "UnknownOperationException", status: 400 },
        exists ? `The operation ${name} is not implemented by Sealift` : "",
      ),
  };
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  if (isJsonOutOfBounds(body)) {
    throw new ApiError({ code: "SerializationException", status: 400 }, "The input has too many members or levels");
  }
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw Object.assign(new ApiError({ code: "SerializationException", status: 400 }, ""), { cause });
  }
}
