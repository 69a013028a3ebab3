import { isIP } from "node:net";
import type { WireRequest } from "../../wire/protocol.ts";

/** Headers that browsers add to the requests of a page. Programs do not send them. */
const sentByBrowsers = ["origin", "referer", "sec-fetch-site"];

/** Names that only this machine answers for; the last is how containers of Docker's desktop call it. */
const localName = /^(?:(?:[a-z0-9-]+\.)*localhost|host\.docker\.internal)$/i;

/**
 * True if a program sent the request, and not a web page that is open in a browser of this machine: anybody's page may
 * send to loopback addresses, and under a name of its own, which it lets mean 127.0.0.1, it may read the answers too.
 * For requests that only a secret protects which everybody knows.
 */
export function isLocalProgram({ headers }: Pick<WireRequest, "headers">): boolean {
  if (sentByBrowsers.some((name) => headers[name] !== undefined)) return false;
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0 || localName.test(host);
}
