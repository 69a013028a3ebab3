import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";

/** A session of a role. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A call of an AWS JSON service, as it is sent. */
export interface CallToSign {
  readonly session: SessionCredentials;
  readonly region: string;
  /** The service's signing name. */
  readonly service: string;
  /** With the port, where it is not the protocol's own. */
  readonly host: string;
  /** Encoded. */
  readonly path: string;
  /** `X-Amz-Target`. */
  readonly target: string;
  readonly body: string;
}

/** A request of an AWS service. */
export interface RequestToSign extends Pick<CallToSign, "session" | "region" | "service" | "host" | "path" | "body"> {
  readonly method: string;
  readonly query?: Iterable<readonly [string, string]>;
  /** Names in lower case, beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
}

const contentType = "application/x-amz-json-1.1";

/** By session and scope: five hashes that all calls of a task share. They go with the session. */
const signingKeys = new WeakMap<SessionCredentials, Map<string, KeyObject>>();

/** The headers of a POST with Signature Version 4. */
export function signCall({ target, ...call }: CallToSign, now: Date): Record<string, string> {
  const headers = { "content-type": contentType, "x-amz-target": target };
  return signRequest({ ...call, method: "POST", headers }, now);
}

/**
 * The headers of a request with Signature Version 4, all of them signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signRequest(request: RequestToSign, now: Date): Record<string, string> {
  const { session, region, service, method, host, path, query = [], body } = request;
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const token = session.sessionToken === undefined ? {} : { "x-amz-security-token": session.sessionToken };
  const headers = { ...request.headers, host, "x-amz-date": time, ...token };
  const lines = Object.entries(headers).sort(byName);
  const names = lines.map(([name]) => name).join(";");
  // Every service but S3 signs the path encoded once more.
  const canonicalPath = service === "s3" ? path : path.split("/").map(encodeURIComponent).join("/");
  const canonicalHeaders = lines.map(([name, value]) => `${name}:${value}\n`).join("");
  const canonical = `${method}\n${canonicalPath}\n${canonicalQuery(query)}\n${canonicalHeaders}\n${names}\n${hash("sha256", body)}`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash("sha256", canonical)}`;
  const signature = createHmac("sha256", signingKey(session, scope)).update(text).digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${session.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function canonicalQuery(query: Iterable<readonly [string, string]>): string {
  const pairs = Array.from(query, ([name, value]): [string, string] => [encoded(name), encoded(value)]);
  return pairs
    .sort(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** By name, and by value where the names are the same. */
function byName([one, value]: readonly [string, string], [other, otherValue]: readonly [string, string]): number {
  return one < other || (one === other && value < otherValue) ? -1 : 1;
}

/** With all but unreserved characters as percent signs and digits, as AWS's services want it in paths and queries. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function signingKey(session: SessionCredentials, scope: string): KeyObject {
  const keys = signingKeys.get(session) ?? new Map<string, KeyObject>();
  signingKeys.set(session, keys);
  const known = keys.get(scope);
  if (known) return known;
  const derived = scope
    .split("/")
    .reduce<string | Buffer>(
      (from, part) => createHmac("sha256", from).update(part).digest(),
      `AWS4${session.secretAccessKey}`,
    );
  const key = createSecretKey(derived as Buffer);
  keys.set(scope, key);
  return key;
}
