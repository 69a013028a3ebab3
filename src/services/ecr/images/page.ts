import type { ImageStatusFilter, TagStatus } from "@aws-sdk/client-ecr";
import { pageToken, readPageToken } from "../../../model/page-token.ts";
import { invalidParameter } from "../errors.ts";

interface Input {
  readonly filter?: { readonly tagStatus?: TagStatus; readonly imageStatus?: ImageStatusFilter };
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page of what a repository has, in the order of its keys. */
export function imagePage<Item>(
  all: readonly Item[],
  { filter = {}, maxResults = 100, nextToken }: Input,
  facts: (item: Item) => { readonly key: readonly string[]; readonly isTagged: boolean },
): { readonly items: Item[]; readonly nextToken: { readonly nextToken?: string } } {
  const { tagStatus = "ANY", imageStatus = "ACTIVE" } = filter;
  const after = nextToken === undefined ? undefined : readPageToken(nextToken);
  if (nextToken !== undefined && typeof after !== "string") throw invalidParameter("Invalid parameter at 'nextToken'");
  const keyOf = (item: Item) => facts(item).key.join(" ");
  const matching = all
    .filter((item) => tagStatus === "ANY" || facts(item).isTagged === (tagStatus === "TAGGED"))
    // No image is ever archived.
    .filter(() => imageStatus === "ACTIVE" || imageStatus === "ANY")
    .filter((item) => after === undefined || keyOf(item) > String(after));
  const items = matching.slice(0, maxResults);
  const last = matching.length > maxResults ? items.at(-1) : undefined;
  return { items, nextToken: last === undefined ? {} : { nextToken: pageToken(keyOf(last)) } };
}
