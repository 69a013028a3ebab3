import type { HttpRequest, Mount } from "../http/mounts.ts";
import { consolePath } from "./console-mount.ts";

/** Leads a browser that asks for `/` to the console. All other requests are the API's. */
export function withBrowserDoor(api: Mount): Mount {
  return {
    ...api,
    async handle(request) {
      if (!isBrowser(request)) return api.handle(request);
      const headers = { location: `${consolePath}/`, "cache-control": "no-store", "referrer-policy": "no-referrer" };
      return { status: 302, headers, body: "" };
    },
  };
}

/** A presigned request has a query, and every other one a signature. */
function isBrowser({ method, path, query, headers }: HttpRequest): boolean {
  if (path !== "/" || query !== "" || (method !== "GET" && method !== "HEAD")) return false;
  return headers.authorization === undefined && (headers.accept ?? "").includes("text/html");
}
