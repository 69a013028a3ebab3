import type { WireRequest } from "../protocol.ts";

/** Operations by method, path and query: `POST /v1/token`, or `POST /v1/token?kind=bearer` where the query tells them apart. */
export type Routes = Readonly<Record<string, string>>;

/** The operation of a request; `undefined` if there is none at its path. */
export function operationAt(routes: Routes, { method, path, query }: Pick<WireRequest, "method" | "path" | "query">) {
  const at = `${method} ${path}`;
  const told = query === "" ? undefined : `${at}?${query}`;
  const route = told !== undefined && Object.hasOwn(routes, told) ? told : at;
  return Object.hasOwn(routes, route) ? routes[route] : undefined;
}

/** The paths of the routes. */
export function pathsOf(routes: Routes): readonly string[] {
  return [...new Set(Object.keys(routes).map((route) => route.replace(/^\S+ /, "").replace(/\?.*$/, "")))];
}
