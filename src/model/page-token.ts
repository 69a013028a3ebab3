/** An opaque token of the key of the last item shown: any JSON value. */
export function pageToken(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The key in a token; `undefined` where the token is not one of ours. Whoever reads it checks its form. */
export function readPageToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
}
