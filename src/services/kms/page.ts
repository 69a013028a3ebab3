import { pageToken, readPageToken } from "../../model/page-token.ts";
import { invalidMarker } from "./errors.ts";

/** One page, and the members of the answer that lead to the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: { readonly NextMarker?: string; readonly Truncated: boolean };
}

/** The name in a marker, which the page follows; "" without a marker. */
export function readMarker(marker: string | undefined): string {
  if (marker === undefined) return "";
  const after = readPageToken(marker);
  if (typeof after === "string" && pageToken(after) === marker) return after;
  throw invalidMarker();
}

/** The first `limit` of `items`. One item more than that means that there is another page. */
export function page<T>(items: readonly T[], limit: number, nameOf: (item: T) => string): Page<T> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  if (items.length <= limit || last === undefined) return { items, next: { Truncated: false } };
  return { items: shown, next: { NextMarker: pageToken(nameOf(last)), Truncated: true } };
}
