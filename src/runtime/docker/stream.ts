import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { defined } from "../../defined.ts";

/**
 * GETs `path` as a stream; the client library's own methods read some of these whole into memory. `query` has at least one
 * member. Aborting destroys the stream.
 */
export function openStream(
  docker: Dockerode,
  path: string,
  query: Readonly<Record<string, string | number | boolean>>,
  abortSignal?: AbortSignal,
): Promise<Readable> {
  const statusCodes = { 200: true, 404: "no such container", 500: "server error", 501: "not implemented" };
  // The library appends the query where the path ends with a question mark.
  const options = { path: `${path}?`, method: "GET", isStream: true, statusCodes, options: { ...query } };
  return new Promise((resolve, reject) => {
    docker.modem.dial({ ...options, ...defined({ abortSignal }) }, (error, stream) => {
      if (error) reject(error);
      else resolve(stream as Readable);
    });
  });
}
