import { validationError } from "./errors.ts";

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

/** What part of a list is asked for. */
export function readPage({ Marker: marker, MaxItems: limit = defaultMaxItems }: PageInput): Page {
  if (marker === undefined) return { after: "", limit };
  try {
    const after: unknown = JSON.parse(Buffer.from(marker, "base64url").toString());
    if (typeof after === "string") return { after, limit };
  } catch {
    // Not one of ours: answered below.
  }
  throw validationError("Invalid Marker.");
}

/** IAM's paging members, and the items of the page out of one item more than it holds. */
export function endPage<T>(items: readonly T[], { limit }: Page, key: (item: T) => string) {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  if (items.length <= limit || last === undefined) return { page, IsTruncated: false };
  return { page, IsTruncated: true, Marker: Buffer.from(JSON.stringify(key(last))).toString("base64url") };
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
