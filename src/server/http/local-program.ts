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
  return sentByBrowsers.every((name) => headers[name] === undefined) && isLocalHost(headers.host);
}

/**
 * True for a local program, and for a page of this server itself: the browser says that it is of the same origin, under a name that
 * no page of somebody else can have.
 */
export function isLocalCaller(request: Pick<WireRequest, "headers">): boolean {
  return isLocalProgram(request) || isOwnPage(request);
}

function isOwnPage({ headers: { origin, host = "", "sec-fetch-site": site } }: Pick<WireRequest, "headers">): boolean {
  if (site !== "same-origin" || !isLocalHost(host)) return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

function isLocalHost(header = ""): boolean {
  const host = header.replace(/:\d+$/, "");
  return isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0 || localName.test(host);
}
