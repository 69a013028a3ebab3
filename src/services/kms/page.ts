import { InvalidMarkerException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../model/api-error.ts";

/** One page, and the members of the answer that lead to the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: { readonly NextMarker?: string; readonly Truncated: boolean };
}

/** The name that the page follows, which a marker holds; "" without a marker. */
export function readMarker(marker: string | undefined): string {
  if (marker === undefined) return "";
  try {
    const after: unknown = JSON.parse(Buffer.from(marker, "base64url").toString());
    if (typeof after === "string" && writeMarker(after) === marker) return after;
  } catch {
    // Told below.
  }
  throw new ApiError(
    InvalidMarkerException$,
    "The marker that specifies where pagination should next begin is not valid.",
  );
}

/** The first `limit` of `items`, of which there is one more where there is another page. */
export function page<T>(items: readonly T[], limit: number, nameOf: (item: T) => string): Page<T> {
  if (items.length <= limit) return { items, next: { Truncated: false } };
  const shown = items.slice(0, limit);
  return { items: shown, next: { NextMarker: writeMarker(nameOf(shown.at(-1)!)), Truncated: true } };
}

function writeMarker(after: string): string {
  return Buffer.from(JSON.stringify(after)).toString("base64url");
}
