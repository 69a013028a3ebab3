import { pageToken, readPageToken } from "../../model/page-token.ts";
import { invalidParameter } from "./errors.ts";

/** A page of `items`, of which one more than `size` were read, and the token of the next page if there is one. */
export function page<Item>(
  items: readonly Item[],
  size: number,
  key: (item: Item) => unknown,
): { readonly items: Item[]; readonly nextToken: string | undefined } {
  const shown = items.slice(0, size);
  const last = shown.at(-1);
  if (items.length <= size || last === undefined) return { items: shown, nextToken: undefined };
  return { items: shown, nextToken: pageToken(key(last)) };
}

/** The size of a page. Throws AWS's refusal of one that is out of bounds. */
export function pageSize(maxResults: number | undefined, usual: number, most = 100): number {
  const size = maxResults ?? usual;
  if (Number.isInteger(size) && size >= 1 && size <= most) return size;
  throw invalidParameter(`maxResults must be between 1 and ${most}.`);
}

/** The key in a token; `undefined` for the first page. */
export function readToken<Key>(token: string | undefined, isKey: (key: unknown) => key is Key): Key | undefined {
  if (token === undefined) return undefined;
  const key = readPageToken(token);
  if (!isKey(key)) throw invalidParameter("Invalid token.");
  return key;
}

/** The text in a token; empty for the first page. */
export function readTextToken(token: string | undefined): string {
  return readToken(token, isText) ?? "";
}

function isText(key: unknown): key is string {
  return typeof key === "string";
}
