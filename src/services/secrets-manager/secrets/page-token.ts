import { invalidNextToken } from "../errors.ts";

/** An opaque NextToken of the last key shown. */
export function pageToken(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The key in a NextToken; throws where `check` does not know it as its own. */
export function readPageToken<T>(token: string | undefined, check: (key: readonly unknown[]) => T | undefined) {
  if (token === undefined) return undefined;
  const key = parse(token);
  const checked = Array.isArray(key) ? check(key) : undefined;
  if (checked === undefined) throw invalidNextToken();
  return checked;
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
}
