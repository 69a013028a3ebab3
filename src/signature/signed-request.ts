/** A request as the front door has read it. */
export interface SignedRequest {
  /** In upper case. */
  readonly method: string;
  /** The request target's path as received, still percent-encoded. */
  readonly path: string;
  /** The request target's query as received, without `?`. */
  readonly query: string;
  /** Names in lower case; the values of a repeated header joined with `,`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A well-formed signature that is not verified yet. Use it only to look up the secret key. */
export interface Signature {
  readonly accessKeyId: string;
  /** `yyyymmdd`. */
  readonly date: string;
  readonly region: string;
  /** The service's signing name. */
  readonly service: string;
  /** In lower case, in the order signed; `host` and all `x-amz-*` headers of the request are among them. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly timestamp: Date;
  readonly sessionToken?: string;
  /** True if it came in the query string. */
  readonly presigned: boolean;
  /** Seconds after `timestamp` at which a presigned request expires. */
  readonly expires?: number;
}
