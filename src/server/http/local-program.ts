import { isIP } from "node:net";
import type { WireRequest } from "../../wire/protocol.ts";

/** Headers that browsers add to the requests of a page. Programs do not send them. */
const sentByBrowsers = ["origin", "referer", "sec-fetch-site"];

/** Names that mean this machine. Containers of Docker Desktop use the last one. */
const localName = /^(?:(?:[a-z0-9-]+\.)*localhost|host\.docker\.internal)$/i;

/**
 * True if a program sent the request, false if a web page in a browser of this machine did. Any page may send to loopback
 * addresses. If its own domain resolves to 127.0.0.1, it may read the answers too. This check protects requests for which a
 * well-known secret suffices.
 */
export function isLocalProgram({ headers }: Pick<WireRequest, "headers">): boolean {
  if (sentByBrowsers.some((name) => headers[name] !== undefined)) return false;
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0 || localName.test(host);
}
