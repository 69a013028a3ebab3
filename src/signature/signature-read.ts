import { hash } from "node:crypto";
import { decodeParameter, queryParameters } from "./signature-canonical.ts";
import { mismatch, type SignatureProblem } from "./signature-problem.ts";
import { formatTime, parseTime } from "./signature-time.ts";
import type { Signature, SignedRequest } from "./signed-request.ts";

/** The parts of a signature as the request has them, unchecked. */
interface Claim {
  readonly presigned: boolean;
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly time: string;
  readonly sessionToken: string | undefined;
  readonly expires?: string;
}

const algorithm = "AWS4-HMAC-SHA256";
/** Longest life of a presigned request, in seconds: seven days. */
const longestLife = 604_800;
const headerParameters = ["Credential", "Signature", "SignedHeaders"] as const;
const queryNames = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];
const onceInQuery = new Set([...queryNames, "X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Content-Sha256"]);
/** `SignedHeaders` as every signer writes it: lower-case HTTP tokens. */
const headerNames = /^[!#$%&'*+\-.^_`|~0-9a-z]+(?:;[!#$%&'*+\-.^_`|~0-9a-z]+)*$/;
const longestHeaderList = 4096;
/** The header as the SDKs and the CLI write it. It cannot run long on any text: no part of it takes what the next one may begin with. */
const usualHeader = /^([^\s,]+) Credential=([^\s,]+), ?SignedHeaders=([^\s,]+), ?Signature=([^\s,]+)$/;
/** Refuses characters that do not belong in a log line. Other code checks the parts. */
const credentialForm = /^[\x21-\x7e]{1,512}$/;

/**
 * Reads the signature in a request's `Authorization` header or, if presigned, in its query string. `verifySignature` then
 * verifies it.
 */
export function readSignature(request: SignedRequest): Signature | SignatureProblem {
  const parameters = queryParameters(request.query);
  if (!parameters) return mismatch;
  const authorization = request.headers.authorization?.trim();
  const presigned = parameters.some(([name]) => name === "X-Amz-Algorithm");
  if (presigned && authorization !== undefined) {
    const message = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    return { kind: "mismatch", message };
  }
  if (presigned) return checkClaim(request, readQuery(parameters, request));
  if (!authorization?.startsWith("AWS4-")) return { kind: "missing", message: "Missing Authentication Token" };
  return checkClaim(request, readHeader(authorization, request));
}

function readHeader(authorization: string, { headers }: SignedRequest): Claim | SignatureProblem {
  const time = headers["x-amz-date"] ?? headers.date;
  const sessionToken = headers["x-amz-security-token"];
  const [, algorithm, credential, signedHeaders, signature] = usualHeader.exec(authorization) ?? [];
  if (algorithm && credential && signedHeaders && signature && time) {
    return { presigned: false, algorithm, credential, signedHeaders, signature, time, sessionToken };
  }
  return readUnusualHeader(authorization, time, sessionToken);
}

/** With other blanks, or the parameters in another order; or it tells what is wrong. */
function readUnusualHeader(
  authorization: string,
  time: string | undefined,
  sessionToken: string | undefined,
): Claim | SignatureProblem {
  const [name = "", ...pairs] = authorization.split(/[\s,]+/);
  const found = new Map<string, string>();
  for (const pair of pairs) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    if (equals === -1) {
      const where = "in Authorization header (hashed with SHA-256 and encoded with Base64)";
      return incomplete(`Invalid key=value pair (missing equal-sign) ${where}: '${digest(authorization)}'.`);
    }
    const key = headerParameters.find((parameter) => parameter === pair.slice(0, equals));
    if (key && found.has(key)) return incomplete(`Authorization header requires one '${key}' parameter, not several.`);
    if (key) found.set(key, pair.slice(equals + 1));
  }
  const [credential, signature, signedHeaders] = headerParameters.map((key) => found.get(key));
  if (!credential || !signature || !signedHeaders || !time) {
    const missing = headerParameters
      .filter((key) => !found.get(key))
      .map((key) => `Authorization header requires '${key}' parameter. `);
    if (!time) missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    const hashed = `(Hashed with SHA-256 and encoded with Base64) Authorization=${digest(authorization)}`;
    return incomplete(missing.join("") + hashed);
  }
  return { presigned: false, algorithm: name, credential, signedHeaders, signature, time, sessionToken };
}

function readQuery(
  parameters: readonly (readonly [string, string])[],
  { headers }: SignedRequest,
): Claim | SignatureProblem {
  const found = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (found.has(name))
      return incomplete(`AWS query-string parameters must include '${name}' once, not several times.`);
    if (onceInQuery.has(name)) found.set(name, decodeParameter(value));
  }
  const [algorithm, credential, signature, signedHeaders, time] = queryNames.map((name) => found.get(name));
  if (!algorithm || !credential || !signature || !signedHeaders || !time) {
    const missing = queryNames.filter((name) => !found.get(name));
    const sentences = missing.map((name) => `AWS query-string parameters must include '${name}'. `);
    return incomplete(`${sentences.join("")}Re-examine the query-string parameters.`);
  }
  const expires = found.get("X-Amz-Expires");
  return {
    presigned: true,
    algorithm,
    credential,
    signedHeaders,
    signature,
    time,
    sessionToken: found.get("X-Amz-Security-Token") ?? headers["x-amz-security-token"],
    ...(expires !== undefined && { expires }),
  };
}

function checkClaim(request: SignedRequest, claim: Claim | SignatureProblem): Signature | SignatureProblem {
  if ("kind" in claim) return claim;
  const timestamp = parseTime(claim.time);
  if (!timestamp) {
    const got = claim.time.slice(0, 64);
    return incomplete(
      `Date must be in ISO-8601 'basic format'. Got '${got}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  const signedHeaders = claim.signedHeaders.length > longestHeaderList ? [] : claim.signedHeaders.split(";");
  const unsigned = unsignedHeader(request.headers, new Set(signedHeaders));
  if (unsigned) {
    return { kind: "mismatch", message: `${unsigned} must be a 'SignedHeader' in the AWS Authorization.` };
  }
  if (!headerNames.test(claim.signedHeaders)) return mismatch;
  if (claim.algorithm !== algorithm) {
    return incomplete(`Unsupported AWS 'algorithm': '${claim.algorithm.slice(0, 32)}'.`);
  }
  const expires = readExpires(claim.expires);
  if (typeof expires === "object") return expires;
  const parts = credentialForm.test(claim.credential) ? claim.credential.split("/") : [];
  const [accessKeyId, date = "", region = "", service = "", terminator = ""] = parts;
  // AWS quotes the credential here. Sealift does not: a user who swaps key and secret would find the secret in logs.
  if (!accessKeyId || parts.length !== 5) {
    return incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
  }
  const time = formatTime(timestamp);
  const outOfScope = credentialProblem(date, terminator, time);
  if (outOfScope) return outOfScope;
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders,
    signature: claim.signature,
    timestamp,
    presigned: claim.presigned,
    ...(claim.sessionToken !== undefined && { sessionToken: claim.sessionToken }),
    ...(expires !== undefined && { expires }),
  };
}

function credentialProblem(date: string, terminator: string, time: string): SignatureProblem | undefined {
  const sentences: string[] = [];
  if (terminator !== "aws4_request") {
    sentences.push(`Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`);
  }
  if (date !== time.slice(0, 8)) {
    const rule = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP";
    sentences.push(`${rule}: '${date}' != '${time.slice(0, 8)}', from '${time}'.`);
  }
  return sentences.length > 0 ? { kind: "scope", message: sentences.join(" ") } : undefined;
}

/** Finds a header that AWS requires to be signed and that is not: a captured signature could serve another purpose. */
function unsignedHeader(headers: SignedRequest["headers"], signed: ReadonlySet<string>): string | undefined {
  if (!signed.has("host")) return "'Host' or ':authority'";
  for (const name in headers) if (name.startsWith("x-amz-") && !signed.has(name)) return `'${name}'`;
  return undefined;
}

function readExpires(text: string | undefined): number | undefined | SignatureProblem {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) return incomplete("X-Amz-Expires should be a number");
  if (Number(text) <= longestLife) return Number(text);
  return incomplete(
    `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${longestLife} seconds`,
  );
}

function incomplete(message: string): SignatureProblem {
  return { kind: "incomplete", message };
}

function digest(text: string): string {
  return hash("sha256", text, "base64");
}
