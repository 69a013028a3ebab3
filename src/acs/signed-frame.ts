/**
 * A message of AWS's agent within a telemetry connection: the header lines of a request with the connection's URL and the
 * message as its body, signed as such, an empty line, and the body.
 */
export interface SignedFrame {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const lineEnd = "\r\n";

/** Characters of the header lines; a session token is the longest of them. */
const longestHead = 32 * 1024;

export function writeSignedFrame({ headers, body }: SignedFrame): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}${lineEnd}`);
  return `${lines.join("")}${lineEnd}${body}`;
}

/** `undefined` for what is no such message. */
export function readSignedFrame(text: string): SignedFrame | undefined {
  const end = text.indexOf(`${lineEnd}${lineEnd}`);
  if (end < 0 || end > longestHead) return undefined;
  const headers: Record<string, string> = Object.create(null);
  for (const line of text.slice(0, end).split(lineEnd)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name) || name in headers) return undefined;
    headers[name] = line.slice(colon + 1).trim();
  }
  return { headers, body: text.slice(end + 2 * lineEnd.length) };
}
