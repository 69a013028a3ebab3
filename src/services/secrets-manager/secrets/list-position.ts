import { pageToken, readPageToken } from "../../../model/page-token.ts";
import { invalidNextToken } from "../errors.ts";
import type { ListPosition, SortKey } from "./list.ts";
import { isSecretName } from "./reference.ts";

/** A NextToken for a list of this order. */
export function listToken(sortBy: SortKey, position: ListPosition): string {
  return pageToken([sortBy, ...position]);
}

/** The position in a NextToken. Throws unless `listToken` made it for a list of this order. */
export function listPosition(token: string | undefined, sortBy: SortKey): ListPosition | undefined {
  if (token === undefined) return undefined;
  const key = readPageToken(token);
  const [order, value, name]: readonly unknown[] = Array.isArray(key) ? key : [];
  if (order !== sortBy || typeof name !== "string" || !isSecretName(name)) throw invalidNextToken();
  if (sortBy === "name" && typeof value === "string" && isSecretName(value)) return [value, name];
  if (sortBy !== "name" && typeof value === "number" && Number.isSafeInteger(value)) return [value, name];
  throw invalidNextToken();
}
