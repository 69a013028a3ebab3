import type { Signature, SignedRequest } from "./signed-request.ts";

/** Outside printable ASCII, or a percent sign that escapes nothing: no signer sends these in a request target. */
const malformedTarget = /[^\x21-\x7e]|%(?![0-9A-Fa-f]{2})/;
const unreserved = /^[A-Za-z0-9\-._~]*$/;
const untidyValue = /^[ \t]|[ \t]$|[ \t]{2}|[\t\r\n]/;

/**
 * The text whose hash was signed, or `undefined` where no signer can have meant this request.
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

/** Name and value of each parameter, both percent-encoded the one canonical way; `undefined` if malformed. */
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

/** One character a byte, like the header values that Node reads; cannot fail, unlike `decodeURIComponent`. */
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
    // What else an object has, such as a `constructor`, is no text.
    const value = headers[name];
    if (typeof value !== "string") return undefined;
    lines += `${name}:${untidyValue.test(value) ? value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "") : value}\n`;
  }
  return lines;
}

/** A bare plus sign is a space, as it is to the services that read the parameter. */
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

/** By code point, which `localeCompare` is not. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
