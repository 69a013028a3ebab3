import type { StaticOperationSchema } from "@smithy/types";
import type { ApiError, CommonError } from "../model/api-error.ts";
import type { EventStream } from "./event-stream.ts";

/** A request as the front door has read it. Header names are lower case; repeated headers are joined with ",". */
export interface WireRequest {
  readonly method: string;
  /** The request target's path, still percent-encoded. */
  readonly path: string;
  /** The request target's query without "?". */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly remoteAddress: string;
  /** It came over TLS. */
  readonly isSecure?: boolean;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | EventStream;
}

/** One of AWS's wire protocols: it reads requests and writes answers. */
export interface Protocol {
  readonly contentType: string;
  readonly accessDenied: CommonError;
  /** The operation's name, or `undefined` if the request names none. */
  operationName(request: WireRequest): string | undefined;
  /** The input, or a promise of it. Throws or rejects with an `ApiError` if the body cannot be read. */
  decode(schema: StaticOperationSchema, request: WireRequest): unknown;
  encode(schema: StaticOperationSchema, output: object, requestId: string): string | EventStream;
  encodeError(
    error: ApiError,
    requestId: string,
  ): { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };
  unknownOperation(name: string | undefined, exists: boolean): ApiError;
}
