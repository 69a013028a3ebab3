import type { HttpRequest } from "../http/mounts.ts";

/**
 * True if a browser says that a page of another origin sent the request. Such a page cannot read the answer; it must not cause
 * anything either.
 */
export function isForeignPage({ headers }: Pick<HttpRequest, "headers">): boolean {
  const { origin, host = "", "sec-fetch-site": site } = headers;
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}
