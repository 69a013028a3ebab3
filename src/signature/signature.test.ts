import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSignature, type Signature, type SignatureRules, type SignedRequest } from "./signature.ts";
import {
  headerRequest,
  judge,
  minutes,
  now,
  presignedRequest,
  withAuthorization,
  withHeader,
} from "./signature-signer.fixture.ts";

const signed = headerRequest();
const presigned = presignedRequest();
const spaced = presignedRequest({ query: { Note: "a b" } });
const generic = "The request signature we calculated does not match the signature you provided.";

describe("readSignature", () => {
  test("readSignature reads all parts of an Authorization header", () => {
    assert.deepEqual(readSignature(signed), {
      accessKeyId: "AKIDEXAMPLE",
      date: "20260102",
      region: "eu-west-1",
      service: "ssm",
      signedHeaders: ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"],
      signature: /Signature=(\w+)/.exec(signed.headers.authorization!)![1]!,
      timestamp: now,
      presigned: false,
      sessionToken: "token/+==",
    } satisfies Signature);
  });

  test("readSignature reads all parts of a presigned query", () => {
    const { signature, ...rest } = readSignature(presigned) as Signature;
    assert.match(signature, /^[0-9a-f]{64}$/);
    assert.deepEqual(rest, {
      accessKeyId: "AKIDEXAMPLE",
      date: "20260102",
      region: "eu-west-1",
      service: "sts",
      signedHeaders: ["host"],
      timestamp: now,
      presigned: true,
      sessionToken: "token/+==",
      expires: 900,
    });
  });

  const forms: [string, (authorization: string) => string][] = [
    ["no space after commas", (text) => text.replaceAll(", ", ",")],
    ["spaces instead of commas", (text) => text.replaceAll(",", "")],
    ["wide spacing and a trailing comma", (text) => `  ${text.replaceAll(", ", " ,\t ")} , `],
    ["the parameters in reverse", (text) => `AWS4-HMAC-SHA256 ${text.split(/,? /).slice(1).reverse().join(", ")}`],
    ["an unknown parameter", (text) => `${text}, Extra=1`],
  ];
  for (const [name, change] of forms) {
    test(`readSignature accepts an Authorization header with ${name}`, () => {
      assert.equal(judge(withAuthorization(signed, change)), undefined);
    });
  }
});

/** Each flips one part that the signature covers. */
const tampered: readonly [string, SignedRequest][] = [
  ["the method", { ...signed, method: "GET" }],
  ["the path", { ...signed, path: "/other" }],
  ["a query added", { ...signed, query: "a=b" }],
  ["another signature in the query", { ...signed, query: "X-Amz-Signature=0" }],
  ["the body", { ...signed, body: Buffer.from('{"Name":"/other"}') }],
  ["an empty body", { ...signed, body: new Uint8Array() }],
  ["the host", withHeader(signed, "host", "other.example.com")],
  ["the target", withHeader(signed, "x-amz-target", "AmazonSSM.DeleteParameter")],
  ["the session token", withHeader(signed, "x-amz-security-token", "another")],
  ["the date", withHeader(signed, "x-amz-date", "20260102T030406Z")],
  ["a signed header left out", withHeader(signed, "content-type", undefined)],
  [
    "a signed header that only the prototype has",
    withAuthorization(signed, (t) => t.replace("host;", "constructor;host;")),
  ],
  ["the region", withAuthorization(signed, (text) => text.replace("eu-west-1", "eu-west-2"))],
  ["the service", withAuthorization(signed, (text) => text.replace("/ssm/", "/kms/"))],
  ["the list of headers", withAuthorization(signed, (text) => text.replace("content-type;", ""))],
  ["the order of headers", withAuthorization(signed, (text) => text.replace("content-type;host", "host;content-type"))],
  ["a header named twice", withAuthorization(signed, (text) => text.replace("host;", "host;host;"))],
  ["a header's case", withAuthorization(signed, (text) => text.replace("content-type", "Content-Type"))],
  ["a header's name", withAuthorization(signed, (text) => text.replace("content-type;", "content-type;;"))],
  ["the signature's last digit", withAuthorization(signed, flipLast)],
  ["the signature's case", withAuthorization(signed, (text) => text.replace(/\w+$/, (hex) => hex.toUpperCase()))],
  ["the signature's length", withAuthorization(signed, (text) => text.slice(0, -1))],
  ["the signature's alphabet", withAuthorization(signed, (text) => `${text.slice(0, -1)}g`)],
  ["a bad escape in the path", { ...signed, path: "/%zz" }],
  ["a path that does not begin with a slash", { ...signed, path: "*" }],
  ["a NUL in the path", { ...signed, path: "/\0" }],
  ["a bad escape in the query", { ...signed, query: "a=%f" }],
  ["non-ASCII text in the query", { ...signed, query: "a=é" }],
  ["the presigned access key", { ...presigned, query: presigned.query.replace("AKIDEXAMPLE", "AKIDEXAMPLF") }],
  ["the presigned action", { ...presigned, query: presigned.query.replace("GetCallerIdentity", "GetSessionToken") }],
  ["the presigned expiry", { ...presigned, query: presigned.query.replace("Expires=900", "Expires=901") }],
  ["the presigned token", { ...presigned, query: presigned.query.replace("Token=token", "Token=other") }],
  ["the presigned signature", { ...presigned, query: presigned.query.replace(/(?<=Signature=)./, flip) }],
  ["the presigned body", { ...presigned, body: Buffer.from("Action=Other") }],
  ["a parameter added to the presigned query", { ...presigned, query: `${presigned.query}&a=b` }],
  ["an unsigned payload", headerRequest({ headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } })],
  ["an unsigned presigned payload", presignedRequest({ query: { "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD" } })],
  ["another body's hash", headerRequest({ headers: { "x-amz-content-sha256": "0".repeat(64) } })],
  ["the hash that a header claims", headerRequest({ headers: { "x-amz-content-sha256": "0" }, signBody: true })],
];

function flip(digit: string): string {
  return digit === "0" ? "1" : "0";
}

function flipLast(text: string): string {
  return text.slice(0, -1) + flip(text.at(-1)!);
}

describe("verifySignature", () => {
  for (const [name, request] of tampered) {
    test(`verifySignature answers mismatch to tampering with ${name}`, () => {
      const problem = judge(request);
      assert.equal(problem?.kind, "mismatch");
      assert.ok(problem.message.startsWith(generic), problem.message);
    });
  }

  const accepted: [string, SignedRequest, Date?, SignatureRules?][] = [
    ["5 minutes later", signed, minutes(5, 999)],
    ["5 minutes earlier", signed, minutes(-5)],
    ["15 minutes later where 15 are allowed", signed, minutes(15), { minutes: 15 }],
    ["in the region and service asked", signed, now, { regions: ["us-east-1", "eu-west-1"], service: "ssm" }],
    ["presigned, at its last second", presigned, minutes(15)],
    ["with the body's hash in a header", headerRequest({ hashHeader: true })],
    ["with a plus sign for a space", { ...spaced, query: spaced.query.replace("%20", "+") }],
    ["with unsigned headers besides", withHeader(signed, "user-agent", "anything")],
    ["with respaced header values", withHeader(signed, "content-type", "  application/x-amz-json-1.1 ")],
  ];
  for (const [name, request, at, rules] of accepted) {
    test(`verifySignature accepts a request ${name}`, () => {
      assert.equal(judge(request, at, rules), undefined);
    });
  }

  test("verifySignature refuses another secret, also after the right one and before it", () => {
    const session = headerRequest({ accessKeyId: "AKIDROTATED" });
    assert.equal(judge(session, now, {}, "other")?.kind, "mismatch");
    assert.equal(judge(session), undefined);
    assert.equal(judge(session, now, {}, "other")?.kind, "mismatch");
    assert.equal(judge(session), undefined);
  });

  test("verifySignature stays right for more access keys than it remembers signing keys", () => {
    for (let round = 0; round < 2; round++) {
      for (let key = 0; key < 1200; key++) {
        assert.equal(
          judge(headerRequest({ accessKeyId: `AKID${key}`, secret: `s${key}` }), now, {}, `s${key}`),
          undefined,
        );
      }
    }
  });

  test("verifySignature takes the Date header where there is no X-Amz-Date", () => {
    for (const date of ["20260102T030405Z", "Fri, 02 Jan 2026 03:04:05 GMT"]) {
      assert.equal(judge(headerRequest({ headers: { date }, dateHeader: true })), undefined, date);
    }
  });
});
