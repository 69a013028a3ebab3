import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type SignatureProblem, type SignatureRules, type SignedRequest, signatureErrors } from "./signature.ts";
import {
  headerRequest,
  judge,
  minutes,
  presignedRequest,
  secretKey,
  withAuthorization,
  withHeader,
} from "./signature-signer.fixture.ts";

const signed = headerRequest();
const presigned = presignedRequest();

interface Case {
  readonly name: string;
  readonly request: SignedRequest;
  readonly kind: SignatureProblem["kind"];
  readonly message: string | RegExp;
  readonly at?: Date;
  readonly rules?: SignatureRules;
}

const cases: readonly Case[] = [
  {
    name: "no Authorization header",
    request: withHeader(signed, "authorization", undefined),
    kind: "missing",
    message: "Missing Authentication Token",
  },
  {
    name: "another scheme",
    request: withHeader(signed, "authorization", "Basic dXNlcjpwYXNz"),
    kind: "missing",
    message: "Missing Authentication Token",
  },
  {
    name: "a header without its parameters and no date",
    request: withHeader(withHeader(signed, "authorization", "AWS4-HMAC-SHA256"), "x-amz-date", undefined),
    kind: "incomplete",
    message:
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0=",
  },
  {
    name: "an empty signature",
    request: withAuthorization(signed, (text) => text.replace(/Signature=.*/, "Signature=")),
    kind: "incomplete",
    message: /^Authorization header requires 'Signature' parameter\. \(Hashed .*\) Authorization=[\w+/]{43}=$/,
  },
  {
    name: "a parameter without equals sign",
    request: withAuthorization(signed, (text) => text.replace("Credential=", "Credential= ")),
    kind: "incomplete",
    message:
      /^Invalid key=value pair \(missing equal-sign\) in Authorization header \(hashed with SHA-256 and encoded with Base64\): '[\w+/]{43}='\.$/,
  },
  {
    name: "two Authorization headers",
    request: withAuthorization(signed, (text) => `${text},${text}`),
    kind: "incomplete",
    message: /^Invalid key=value pair/,
  },
  {
    name: "a parameter twice",
    request: withAuthorization(signed, (text) => `${text}, Credential=other`),
    kind: "incomplete",
    message: /one 'Credential' parameter/,
  },
  {
    name: "a header and a presigned query",
    request: { ...signed, query: "X-Amz-Algorithm=AWS4-HMAC-SHA256" },
    kind: "mismatch",
    message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  },
  {
    name: "a date in another format",
    request: withHeader(signed, "x-amz-date", "2026-01-02T03:04:05Z"),
    kind: "incomplete",
    message:
      "Date must be in ISO-8601 'basic format'. Got '2026-01-02T03:04:05Z'. See http://en.wikipedia.org/wiki/ISO_8601",
  },
  {
    name: "a date that no calendar has",
    request: withHeader(signed, "x-amz-date", "20260230T030405Z"),
    kind: "incomplete",
    message: /^Date must be in ISO-8601/,
  },
  {
    name: "the host unsigned",
    request: withAuthorization(signed, (text) => text.replace("host;", "")),
    kind: "mismatch",
    message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  },
  {
    name: "an x-amz header unsigned",
    request: withHeader(signed, "x-amz-added", "1"),
    kind: "mismatch",
    message: "'x-amz-added' must be a 'SignedHeader' in the AWS Authorization.",
  },
  {
    name: "a session token added",
    request: withHeader(headerRequest({ sessionToken: undefined }), "x-amz-security-token", "stolen"),
    kind: "mismatch",
    message: "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.",
  },
  {
    name: "another algorithm",
    request: withAuthorization(signed, (text) => text.replace("HMAC-SHA256", "ECDSA-P256-SHA256")),
    kind: "incomplete",
    message: "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
  },
  {
    name: "a secret key in the place of the access key",
    request: withAuthorization(signed, (text) => text.replace("AKIDEXAMPLE", secretKey)),
    kind: "incomplete",
    message: "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.",
  },
  {
    name: "a credential of absurd length",
    request: withAuthorization(signed, (text) => text.replace("AKIDEXAMPLE", "A".repeat(9000))),
    kind: "incomplete",
    message: /^Credential must have exactly 5/,
  },
  {
    name: "another terminator and another day",
    request: withAuthorization(signed, (text) => text.replace("20260102", "20260101").replace("aws4_", "aws5_")),
    kind: "scope",
    message:
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260101' != '20260102', from '20260102T030405Z'.",
  },
  {
    name: "another region and service than asked",
    request: signed,
    rules: { regions: ["us-east-1"], service: "kms" },
    kind: "scope",
    message: "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'kms'.",
  },
  {
    name: "a clock 5 minutes and a second behind",
    request: signed,
    at: minutes(5, 1000),
    kind: "expired",
    message: "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T030906Z - 5 min.)",
  },
  {
    name: "a clock 15 minutes and a second behind, where 15 are allowed",
    request: signed,
    at: minutes(15, 1000),
    rules: { minutes: 15 },
    kind: "expired",
    message: "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T031906Z - 15 min.)",
  },
  {
    name: "a clock 5 minutes and a second ahead",
    request: signed,
    at: minutes(-5, -1000),
    kind: "not-yet-current",
    message:
      "Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z (20260102T025904Z + 5 min.)",
  },
  {
    name: "a presigned request past its time",
    request: presigned,
    at: minutes(15, 1000),
    kind: "presign-expired",
    message: "Request has expired.",
  },
  {
    name: "a presigned request from the future",
    request: presigned,
    at: minutes(-6),
    kind: "not-yet-current",
    message: /^Signature not yet current/,
  },
  {
    name: "a presigned request that names no expiry, after 5 minutes",
    request: { ...presigned, query: presigned.query.replace("&X-Amz-Expires=900", "") },
    at: minutes(6),
    kind: "expired",
    message: /5 min\.\)$/,
  },
  {
    name: "a presigned query without most of its parameters",
    request: { ...presigned, query: "Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=" },
    kind: "incomplete",
    message:
      "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
  },
  {
    name: "a presigned query with a parameter twice",
    request: { ...presigned, query: `${presigned.query}&X-Amz-Credential=other` },
    kind: "incomplete",
    message: /'X-Amz-Credential' once/,
  },
  {
    name: "a presigned request for more than a week",
    request: { ...presigned, query: presigned.query.replace("Expires=900", "Expires=604801") },
    kind: "incomplete",
    message:
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
  },
  {
    name: "a presigned request with an expiry that is no number",
    request: { ...presigned, query: presigned.query.replace("Expires=900", "Expires=-1") },
    kind: "incomplete",
    message: "X-Amz-Expires should be a number",
  },
  {
    name: "a line break in the presigned credential",
    request: { ...presigned, query: presigned.query.replace("AKIDEXAMPLE", "AKID%0AEXAMPLE") },
    kind: "incomplete",
    message: /^Credential must have exactly 5/,
  },
];

describe("a signature's problem", () => {
  for (const { name, request, kind, message, at, rules } of cases) {
    test(`verifySignature answers ${kind} to ${name}`, () => {
      const problem = judge(request, at, rules);
      assert.equal(problem?.kind, kind);
      if (typeof message === "string") assert.equal(problem?.message, message);
      else assert.match(problem?.message ?? "", message);
    });
  }

  test("no problem's message shows a signature, a secret or a session token", () => {
    for (const { request, at, rules } of cases) {
      const message = judge(request, at, rules)?.message ?? "";
      for (const hidden of [secretKey, "token/+", "stolen", "dXNlcjpwYXNz"])
        assert.ok(!message.includes(hidden), message);
      assert.doesNotMatch(message, /[0-9a-f]{32}/i);
    }
  });
});

describe("signatureErrors", () => {
  test("signatureErrors give the services' codes and statuses", () => {
    const table = Object.entries(signatureErrors).map(([kind, { json, query }]) => {
      return `${kind}: ${json.code} ${json.status} | ${query.code} ${query.status}`;
    });
    assert.deepEqual(table, [
      "missing: MissingAuthenticationTokenException 400 | MissingAuthenticationToken 403",
      "incomplete: IncompleteSignatureException 400 | IncompleteSignature 400",
      "scope: InvalidSignatureException 400 | SignatureDoesNotMatch 403",
      "expired: InvalidSignatureException 400 | SignatureDoesNotMatch 403",
      "not-yet-current: InvalidSignatureException 400 | SignatureDoesNotMatch 403",
      "presign-expired: InvalidSignatureException 400 | RequestExpired 400",
      "unknown-key: UnrecognizedClientException 400 | InvalidClientTokenId 403",
      "mismatch: InvalidSignatureException 400 | SignatureDoesNotMatch 403",
      "expired-token: ExpiredTokenException 400 | ExpiredToken 403",
    ]);
  });
});
