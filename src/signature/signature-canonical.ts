import type { Signature, SignedRequest } from "./signed-request.ts";

/** Matches characters outside printable ASCII, and percent signs that escape nothing. No signer sends them in a target. */
const malformedTarget = /[^\x21-\x7e]|%(?![0-9A-Fa-f]{2})/;
const unreserved = /^[A-Za-z0-9\-._~]*$/;
const untidyValue = /^[ \t]|[ \t]$|[ \t]{2}|[\t\r\n]/;

/**
 * The text whose hash was signed, or `undefined` if no signer can have signed this request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(
  request: SignedRequest,
  signature: Signature,
  payloadHash: string,
): string | undefined {
  const path = canonicalPath(request.path);
  const query = canonicalQuery(request.query, signature.presigned);
  const headers = canonicalHeaders(request.headers, signature.signedHeaders);
  if (path === undefined || query === undefined || headers === undefined) return undefined;
  return `${request.method}\n${path}\n${query}\n${headers}\n${signature.signedHeaders.join(";")}\n${payloadHash}`;
}

/** Name and value of each parameter in the canonical percent-encoding; `undefined` if malformed. */
export function queryParameters(query: string): readonly (readonly [string, string])[] | undefined {
  if (query === "") return [];
  if (malformedTarget.test(query)) return undefined;
  return query
    .split("&")
    .filter((parameter) => parameter !== "")
    .map((parameter) => {
      const equals = parameter.indexOf("=");
      return equals === -1
        ? [reencode(parameter), ""]
        : [reencode(parameter.slice(0, equals)), reencode(parameter.slice(equals + 1))];
    });
}

/** Decodes to one character a byte, like Node's header values. Unlike `decodeURIComponent` it cannot fail. */
export function decodeParameter(canonical: string): string {
  return canonical.replace(/%([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
}

/** All services but S3 encode the path a second time, after removing empty and dot segments. */
function canonicalPath(path: string): string | undefined {
  if (path === "/") return path;
  if (!path.startsWith("/") || malformedTarget.test(path)) return undefined;
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const trailing = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${trailing}`.replace(/[^A-Za-z0-9\-._~/]/g, (character) =>
    percentEncode(character.charCodeAt(0)),
  );
}

function canonicalQuery(query: string, presigned: boolean): string | undefined {
  const parameters = queryParameters(query);
  if (!parameters || parameters.length === 0) return parameters && "";
  return parameters
    .filter(([name]) => !(presigned && name === "X-Amz-Signature"))
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function canonicalHeaders(headers: SignedRequest["headers"], names: readonly string[]): string | undefined {
  let lines = "";
  for (const name of names) {
    // An inherited member such as `constructor` is not a string.
    const value = headers[name];
    if (typeof value !== "string") return undefined;
    lines += `${name}:${untidyValue.test(value) ? value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "") : value}\n`;
  }
  return lines;
}

/** Reads a bare plus sign as a space, as the services do that read the parameter. */
function reencode(text: string): string {
  if (unreserved.test(text)) return text;
  return text.replace(/%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~]/g, (match, escaped: string | undefined) => {
    const byte = escaped ? Number.parseInt(escaped, 16) : match === "+" ? 0x20 : match.charCodeAt(0);
    const character = String.fromCharCode(byte);
    return unreserved.test(character) ? character : percentEncode(byte);
  });
}

function percentEncode(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** Compares by code point, which `localeCompare` does not. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
