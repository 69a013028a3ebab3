import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { describe, test } from "node:test";
import { HttpRequest } from "@smithy/core/protocols";
import { SignatureV4 } from "@smithy/signature-v4";
import { readSignature, type SignedRequest, verifySignature } from "./signature.ts";
import { now, secretKey } from "./signature-signer.fixture.ts";

/** The requests that AWS's own signers are given; the wire's form of the target is up to them. */
interface Sample {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = { "content-type": "application/x-amz-json-1.1" };
const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
const samples: readonly Sample[] = [
  { name: "an AWS JSON call", headers: { ...json, "x-amz-target": "AmazonSSM.GetParameter" }, body: '{"Name":"/a"}' },
  { name: "an AWS Query call", headers: form, body: "Action=GetCallerIdentity&Version=2011-06-15" },
  { name: "a body outside ASCII", headers: json, body: '{"Name":"größe 💧"}' },
  { name: "header values to be folded", headers: { ...json, "x-amz-note": " a   b \t c " }, body: "{}" },
  { name: "a path", method: "GET", path: "/tasks/a%20b/.././%C3%A9//x~y_z-.'()*!/", body: "" },
  { name: "a query", method: "GET", query: { b: "2 +~*'()!", "a-b": "=&/%", a: "ü💧", A: "", ä: "1" }, body: "" },
].map((sample) => ({ method: "POST", path: "/", query: {}, headers: {}, ...sample }));

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: secretKey };
const sessions = [undefined, "session/token+with=signs=="] as const;
const host = "localhost:8080";

/** Node's hashes in the shape that `@smithy/signature-v4` wants. */
class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error("not needed for signing");
  }
}

function check(request: SignedRequest, sessionToken: string | undefined, presigned: boolean): void {
  const signature = readSignature(request);
  assert.ok(!("kind" in signature), JSON.stringify(signature));
  assert.equal(signature.sessionToken, sessionToken);
  assert.equal(signature.presigned, presigned);
  assert.equal(signature.accessKeyId, credentials.accessKeyId);
  const rules = { service: "ssm", regions: ["eu-west-1"] };
  assert.equal(verifySignature(request, signature, secretKey, signature.timestamp, rules), undefined);
  const other = verifySignature(request, signature, `${secretKey}x`, signature.timestamp, rules);
  assert.equal(other?.kind, "mismatch");
}

describe("@smithy/signature-v4", () => {
  async function sign(sample: Sample, sessionToken: string | undefined, presigned: boolean): Promise<SignedRequest> {
    const signer = new SignatureV4({
      credentials: { ...credentials, ...(sessionToken && { sessionToken }) },
      region: "eu-west-1",
      service: "ssm",
      sha256: Sha256,
    });
    const { name: _, headers, ...rest } = sample;
    const unsigned = new HttpRequest({ ...rest, hostname: "localhost", port: 8080, headers: { ...headers, host } });
    const options = { signingDate: now };
    const request = presigned ? await signer.presign(unsigned, options) : await signer.sign(unsigned, options);
    const query = Object.entries(request.query ?? {}).map(([key, value]) => `${encode(key)}=${encode(String(value))}`);
    return {
      method: request.method,
      path: request.path,
      query: query.join("&"),
      headers: request.headers,
      body: Buffer.from(request.body ?? ""),
    };
  }

  for (const sample of samples) {
    for (const sessionToken of sessions) {
      for (const presigned of [false, true]) {
        const form = `${presigned ? "presigned" : "signed"} ${sessionToken ? "with" : "without"} a session token`;
        test(`verifySignature accepts ${sample.name} ${form} by the JavaScript SDK`, async () => {
          check(await sign(sample, sessionToken, presigned), sessionToken, presigned);
        });
      }
    }
  }
});

/** Reads samples, writes requests; signs at the time of the test, as botocore knows no other. */
const botocoreSigner = `
import json, sys
from urllib.parse import quote, urlsplit
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
signed = []
for case in json.load(sys.stdin):
    sample = case["sample"]
    encode = lambda text: quote(text, safe="-._~")
    query = "&".join(encode(k) + "=" + encode(v) for k, v in sample["query"].items())
    url = "http://localhost:8080" + sample["path"] + ("?" + query if query else "")
    request = AWSRequest(sample["method"], url, headers=sample["headers"], data=sample["body"].encode())
    auth = SigV4QueryAuth if case["presigned"] else SigV4Auth
    auth(Credentials("${credentials.accessKeyId}", "${secretKey}", case.get("token")), "ssm", "eu-west-1").add_auth(request)
    target = urlsplit(request.url)
    headers = {name.lower(): value for name, value in request.headers.items()}
    signed.append({"method": request.method, "path": target.path, "query": target.query,
                   "headers": {"host": "${host}", **headers}})
print(json.dumps(signed))
`;

describe("botocore", () => {
  const available = spawnSync("python3", ["-c", "import botocore"]).status === 0;
  const required = process.env.SEALIFT_REQUIRE?.split(",").includes("aws");
  const skip = !available && !required && "python3 cannot import botocore";
  // SigV4QueryAuth takes a form's parameters, not a body.
  const cases = samples.flatMap((sample) =>
    sessions.flatMap((token) =>
      (sample.body === "" ? [false, true] : [false]).map((presigned) => ({ sample, token, presigned })),
    ),
  );

  test("verifySignature accepts what botocore signs and presigns, with and without a session token", { skip }, () => {
    const { status, stdout, stderr } = spawnSync("python3", ["-c", botocoreSigner], {
      input: JSON.stringify(cases),
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    const requests = JSON.parse(stdout) as readonly Omit<SignedRequest, "body">[];
    assert.equal(requests.length, cases.length);
    for (const [index, { sample, token, presigned }] of cases.entries()) {
      check({ ...requests[index]!, body: Buffer.from(presigned ? "" : sample.body) }, token, presigned);
    }
  });
});

describe("AWS's examples", () => {
  const vectors: [string, Partial<SignedRequest>, string, string][] = [
    ["get-vanilla", {}, "host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    [
      "post-vanilla",
      { method: "POST" },
      "host;x-amz-date",
      "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    ],
    [
      "get-vanilla-query-order-key-case",
      { query: "Param2=value2&Param1=value1" },
      "host;x-amz-date",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ],
    [
      "get-relative",
      { path: "/example/.." },
      "host;x-amz-date",
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ],
    [
      "get-slash",
      { path: "//" },
      "host;x-amz-date",
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ],
    [
      "get-header-value-trim",
      { headers: { "my-header1": " value1", "my-header2": ' "a   b   c"' } },
      "host;my-header1;my-header2;x-amz-date",
      "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
    ],
    [
      "post-x-www-form-urlencoded",
      {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: Buffer.from("Param1=value1"),
      },
      "content-type;host;x-amz-date",
      "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    ],
  ];
  for (const [name, request, signedHeaders, hex] of vectors) {
    test(`verifySignature accepts ${name} of AWS's test suite`, () => {
      const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signedHeaders}, Signature=${hex}`;
      const fixed = { host: "example.amazonaws.com", "x-amz-date": "20150830T123600Z", authorization };
      const whole: SignedRequest = {
        method: "GET",
        path: "/",
        query: "",
        body: new Uint8Array(),
        ...request,
        headers: { ...fixed, ...request.headers },
      };
      const signature = readSignature(whole);
      assert.ok(!("kind" in signature), JSON.stringify(signature));
      assert.equal(verifySignature(whole, signature, secretKey, signature.timestamp), undefined);
    });
  }
});

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
