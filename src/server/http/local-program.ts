import { isIP } from "node:net";
import type { WireRequest } from "../../wire/protocol.ts";

/** What browsers send along with requests that a page makes, and programs do not. */
const sentByBrowsers = ["origin", "referer", "sec-fetch-site"];

/** Names that only this machine answers for; the last is how containers of Docker's desktop call it. */
const localName = /^(?:(?:[a-z0-9-]+\.)*localhost|host\.docker\.internal)$/i;

/**
 * Whether a program sent a request, and no web page that is open in a browser of this machine: a page of anybody's may
 * send to loopback addresses, and under a name of its own, which it lets mean 127.0.0.1, it may read the answers too.
 * Asked where a secret that everybody knows is all that protects.
 */
export function isLocalProgram({ headers }: Pick<WireRequest, "headers">): boolean {
  if (sentByBrowsers.some((name) => headers[name] !== undefined)) return false;
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0 || localName.test(host);
}
