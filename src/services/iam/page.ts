import { validationError } from "../../model/common-errors.ts";
import { pageToken, readPageToken } from "../../model/page-token.ts";

export interface PageInput {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

interface Page {
  /** Key of the last item that the client has; empty at the start. Keys are short: a marker has 320 characters at most. */
  readonly after: string;
  readonly limit: number;
}

const defaultMaxItems = 100;

/** The part of a list that a request asks for. */
export function readPage({ Marker: marker, MaxItems: limit = defaultMaxItems }: PageInput): Page {
  if (marker === undefined) return { after: "", limit };
  const after = readPageToken(marker);
  if (typeof after !== "string") throw validationError("Invalid Marker.");
  return { after, limit };
}

/** IAM's paging members, and the page's items. `items` has one more than the page where there is another page. */
export function endPage<T>(items: readonly T[], { limit }: Page, key: (item: T) => string) {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  if (items.length <= limit || last === undefined) return { page, IsTruncated: false };
  return { page, IsTruncated: true, Marker: pageToken(key(last)) };
}

/** A page of a list that is short enough to be read at once; sorted by `key`. */
export function pageOf<T>(all: readonly T[], input: PageInput, key: (item: T) => string) {
  const asked = readPage(input);
  const sorted = all
    .map((item) => ({ item, key: key(item) }))
    .filter((entry) => entry.key > asked.after)
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  return endPage(
    sorted.slice(0, asked.limit + 1).map(({ item }) => item),
    asked,
    key,
  );
}
