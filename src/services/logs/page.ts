import { pageToken, readPageToken } from "../../model/page-token.ts";
import { invalidNextToken } from "./errors.ts";

/** The key in a token, a list of texts and numbers; throws if this server did not make it. */
export function requestedPage(token: string | undefined): readonly (string | number)[] | undefined {
  if (token === undefined) return undefined;
  const key = readPageToken(token);
  const isKey = Array.isArray(key) && key.every((part) => typeof part === "string" || Number.isSafeInteger(part));
  if (!isKey) throw invalidNextToken();
  return key;
}

/** A page of items that were read with one more than it takes, and the token of the next page. */
export function pageOf<Item>(
  items: readonly Item[],
  limit: number,
  keyOf: (item: Item) => readonly (string | number)[],
): { readonly shown: readonly Item[]; readonly next: { readonly nextToken?: string } } {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: items.length > limit && last !== undefined ? { nextToken: pageToken(keyOf(last)) } : {} };
}
