import type { WireRequest } from "../../wire/protocol.ts";
import type { HttpRequest } from "./mounts.ts";

/** A request with its body, once that has been read. */
export function wireRequest(
  { method, path, query, headers, remoteAddress, isSecure }: HttpRequest,
  body: Buffer = Buffer.alloc(0),
): WireRequest {
  return { method, path, query, headers, body, remoteAddress, isSecure };
}
