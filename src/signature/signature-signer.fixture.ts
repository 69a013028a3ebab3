import { createHash, createHmac } from "node:crypto";
import { readSignature, type SignatureRules, type SignedRequest, verifySignature } from "./signature.ts";

/**
 * Options of a signer for requests that honest signers never send. The signer shares no code with the verifier.
 * `signature-signers.test.ts` shows that both agree with AWS.
 */
export interface SignOptions {
  readonly accessKeyId?: string;
  readonly secret?: string;
  readonly sessionToken?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sends the body's hash as `x-amz-content-sha256`. */
  readonly hashHeader?: boolean;
  /** Signs the body whatever `x-amz-content-sha256` says. */
  readonly signBody?: boolean;
  /** Sends no `x-amz-date`; `headers` has a `date`. */
  readonly dateHeader?: boolean;
}

export const time = "20260102T030405Z";
export const now = new Date("2026-01-02T03:04:05Z");
export const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const body = Buffer.from('{"Name":"/app/database/password","WithDecryption":true}');

export function headerRequest(options: SignOptions = {}): SignedRequest {
  const sessionToken = "sessionToken" in options ? options.sessionToken : "token/+==";
  const headers: Record<string, string> = {
    "content-type": "application/x-amz-json-1.1",
    host: "localhost:8080",
    "x-amz-target": "AmazonSSM.GetParameter",
    ...(!options.dateHeader && { "x-amz-date": time }),
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
    ...(options.hashHeader && { "x-amz-content-sha256": sha256(body) }),
    ...options.headers,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const hash = (!options.signBody && headers["x-amz-content-sha256"]) || sha256(body);
  const scope = "20260102/eu-west-1/ssm/aws4_request";
  const signature = sign(["POST", "/", "", lines, names.join(";"), hash], scope, options.secret);
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${options.accessKeyId ?? "AKIDEXAMPLE"}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { method: "POST", path: "/", query: "", headers, body };
}

export function presignedRequest(options: SignOptions = {}): SignedRequest {
  const scope = "20260102/eu-west-1/sts/aws4_request";
  const parameters = {
    Action: "GetCallerIdentity",
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `AKIDEXAMPLE/${scope}`,
    "X-Amz-Date": time,
    "X-Amz-Expires": "900",
    "X-Amz-Security-Token": "token/+==",
    "X-Amz-SignedHeaders": "host",
    ...options.query,
  };
  const encoded = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const hash = options.query?.["X-Amz-Content-Sha256"] ?? sha256("");
  const parts = ["GET", "/", encoded.toSorted().join("&"), "host:localhost:8080\n", "host", hash];
  const query = [...encoded, `X-Amz-Signature=${sign(parts, scope, options.secret)}`].join("&");
  return { method: "GET", path: "/", query, headers: { host: "localhost:8080" }, body: new Uint8Array() };
}

function sign(parts: readonly string[], scope: string, secret = secretKey): string {
  let key: Buffer = Buffer.from(`AWS4${secret}`);
  for (const part of scope.split("/")) key = createHmac("sha256", key).update(part).digest();
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(parts.join("\n"))].join("\n");
  return createHmac("sha256", key).update(text).digest("hex");
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Reads and verifies a signature as the dispatcher does, with one secret for all access keys. */
export function judge(request: SignedRequest, at = now, rules?: SignatureRules, secret = secretKey) {
  const signature = readSignature(request);
  return "kind" in signature ? signature : verifySignature(request, signature, secret, at, rules);
}

export function withHeader(request: SignedRequest, name: string, value: string | undefined): SignedRequest {
  const { [name]: _, ...others } = request.headers;
  return { ...request, headers: value === undefined ? others : { ...others, [name]: value } };
}

export function withAuthorization(request: SignedRequest, change: (authorization: string) => string): SignedRequest {
  return withHeader(request, "authorization", change(request.headers.authorization!));
}

export function minutes(count: number, milliseconds = 0): Date {
  return new Date(now.getTime() + count * 60_000 + milliseconds);
}
