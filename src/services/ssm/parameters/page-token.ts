import { invalidNextToken } from "../errors.ts";
import { isName } from "./name.ts";

/** An opaque NextToken of the last key shown. */
export function pageToken(key: string | number): string {
  return Buffer.from(JSON.stringify([key])).toString("base64url");
}

/** The key in a NextToken, or `undefined` without one; throws where `isKey` does not know it. */
export function readPageToken<T extends string | number>(
  token: string | undefined,
  isKey: (key: unknown) => key is T,
): T | undefined {
  if (token === undefined || token === "") return undefined;
  const parsed = parse(token);
  const key: unknown = Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : undefined;
  if (!isKey(key)) throw invalidNextToken();
  return key;
}

/** Whether a token's key is the name of a parameter. */
export function isNameKey(key: unknown): key is string {
  return typeof key === "string" && isName(key);
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
}
