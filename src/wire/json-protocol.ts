import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { NormalizedSchema } from "@smithy/core/schema";
import type { StaticOperationSchema } from "@smithy/types";
import { ApiError, type MessageMember } from "../model/api-error.ts";
import { jsonDenial } from "../model/common-errors.ts";
import { type EventStream, eventStreamWriter } from "./event-stream.ts";
import { isJsonOutOfBounds } from "./json-bounds.ts";
import { type JsonReader, jsonReader } from "./json-input.ts";
import { jsonWriter } from "./json-output.ts";
import type { Protocol } from "./protocol.ts";
import { targetOf } from "./target.ts";

/**
 * AWS JSON 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 * `messageMember` is the service's usual one, for errors that its model does not have. `takesGzip`: bodies may be compressed.
 */
export function jsonProtocol(messageMember: MessageMember = "message", takesGzip = false): Protocol {
  const readers = new Map<StaticOperationSchema, JsonReader>();
  function reader(schema: StaticOperationSchema): JsonReader {
    const made = readers.get(schema) ?? jsonReader(NormalizedSchema.of(schema[4]));
    readers.set(schema, made);
    return made;
  }
  const writers = new Map<StaticOperationSchema, (output: object) => string | EventStream>();
  function writer(schema: StaticOperationSchema): (output: object) => string | EventStream {
    const known = writers.get(schema);
    if (known) return known;
    const output = NormalizedSchema.of(schema[5]);
    const write = jsonWriter(output);
    const made = eventStreamWriter(output) ?? ((value: object) => JSON.stringify(write(value)));
    writers.set(schema, made);
    return made;
  }
  return {
    contentType: "application/x-amz-json-1.1",
    accessDenied: jsonDenial,
    operationName: (request) => targetOf(request)?.operation,
    decode(schema, { headers, body }) {
      const read = reader(schema);
      if (!takesGzip || headers["content-encoding"] !== "gzip") return read(parse(body));
      return unzip(body).then((unzipped) => read(parse(unzipped)));
    },
    encode: (schema, output) => writer(schema)(output),
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

/** Bytes of a body once it is unpacked. */
const largestUnzipped = 8 * 1024 * 1024;

async function unzip(body: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(body, { maxOutputLength: largestUnzipped });
  } catch (cause) {
    const error = new ApiError({ code: "SerializationException", status: 400 }, "The body cannot be unpacked");
    throw Object.assign(error, { cause });
  }
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
