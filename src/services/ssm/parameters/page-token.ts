import { readPageToken } from "../../../model/page-token.ts";
import { invalidNextToken } from "../errors.ts";
import { isName } from "./name.ts";

/** The name in a NextToken, behind which a list goes on. Throws for a malformed token. */
export function requestedPosition(token: string | undefined): string | undefined {
  if (token === undefined || token === "") return undefined;
  const key = readPageToken(token);
  const name: unknown = Array.isArray(key) && key.length === 1 ? key[0] : undefined;
  if (typeof name !== "string" || !isName(name)) throw invalidNextToken();
  return name;
}
