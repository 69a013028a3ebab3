import type { Body } from "./body.ts";

/** A request whose head has arrived and whose body has not been read. */
export interface HttpRequest {
  readonly method: string;
  /** The request target's path, still percent-encoded. */
  readonly path: string;
  /** The request target's query without "?". */
  readonly query: string;
  /** Names are lower case; the values of a repeated header are joined with ",". */
  readonly headers: Readonly<Record<string, string>>;
  readonly remoteAddress: string;
  /** It came over TLS. */
  readonly isSecure: boolean;
  readonly body: Body;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is written as fast as the client reads it, and is ended (`return`) when the client goes away. */
  readonly body: string | Buffer | AsyncIterable<Uint8Array>;
}

/** A part of the server's paths. The server asks it before it reads the body. */
export interface Mount {
  /** The mount answers paths that begin with this. The longest prefix wins. */
  readonly prefix: string;
  /** Bytes of a body. Reading beyond them fails with `BodyTooLarge`. */
  readonly largestBody: number;
  /** Milliseconds that the client may take over the whole body, or, where the mount streams it, over each piece of it. */
  readonly patience: number;
  /** Never rejects. */
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/** Finds the mount of a path. `mounts` has one with the prefix "" for all other paths (`*` of OPTIONS has no slash). */
export function mountFinder(mounts: readonly Mount[]): (path: string) => Mount {
  const longestFirst = mounts.toSorted((one, other) => other.prefix.length - one.prefix.length);
  return (path) => {
    const found = longestFirst.find(({ prefix }) => path.startsWith(prefix));
    if (!found) throw new Error(`No mount has the path ${path}`);
    return found;
  };
}
