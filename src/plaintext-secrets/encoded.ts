/** The text that a value encodes in Base64; `undefined` where it encodes none. */
export function encodedText(value: string): string | undefined {
  const compact = value.replaceAll(/\s/g, "");
  if (!/^[A-Za-z\d+/_-]{24,}={0,2}$/.test(compact)) return undefined;
  const bytes = Buffer.from(compact, "base64");
  // Random bytes are no text.
  return /^[\t\n\r -~]+$/.test(bytes.toString("latin1")) ? bytes.toString("latin1") : undefined;
}

/** True for documents that are kept in Base64 and are as random as keys: certificates, public keys, images, JSON. */
export function isEncodedDocument(value: string): boolean {
  if (/^(?:iVBORw0KGgo|R0lGOD|\/9j\/|UklGR)/.test(value)) return true;
  return /^\s*(?:-----BEGIN |[{[<])/.test(encodedText(value) ?? "");
}
