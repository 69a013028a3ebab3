/** Makes an opaque page token from the key of the last item shown. The key is any JSON value. */
export function pageToken(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** Reads the key in a token; `undefined` if this server did not make the token. The caller checks the key's form. */
export function readPageToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
}
