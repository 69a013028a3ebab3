import assert from "node:assert/strict";
import { test } from "node:test";
import { readSignature, verifySignature } from "../../signature/signature.ts";
import { type SessionCredentials, signCall, signRequest } from "./sign-call.ts";

const now = new Date("2026-01-02T03:04:05.678Z");
const session: SessionCredentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret" };

for (const [what, change] of Object.entries({
  "a long-lived key": {},
  "a session": { session: { ...session, sessionToken: "a/token+=" } },
  "a path": { path: "/below/a%20b%2Fc/" },
  "a body with all kinds of characters": { body: '{"SecretId":"ü 𝄞"}' },
})) {
  test(`signCall with ${what} is what the front door verifies`, () => {
    const call = {
      ...{ session, region: "eu-west-1", service: "ssm", host: "127.0.0.1:4566", path: "/" },
      ...{ target: "AmazonSSM.GetParameters", body: "{}", ...change },
    };
    const request = {
      ...{ method: "POST", path: call.path, query: "", body: Buffer.from(call.body) },
      headers: signCall(call, now),
    };
    const signature = readSignature(request);
    assert.ok("accessKeyId" in signature);
    const rules = { service: "ssm", regions: ["eu-west-1"] };
    assert.equal(verifySignature(request, signature, "secret", now, rules), undefined);
    assert.equal(verifySignature(request, signature, "another", now, rules)?.kind, "mismatch");
    assert.equal(signature.sessionToken, call.session.sessionToken);
  });
}

test("signRequest signs a query and headers of any order as the front door verifies them", () => {
  const url = new URL("http://127.0.0.1:4566/a%20b/ws?b=2&a=*(x) y&b=1&A=%2F");
  const { host, pathname: path, searchParams: query } = url;
  const common = { session, region: "eu-west-1", service: "ecs", host, path, query };
  const signed = signRequest({ ...common, method: "GET", headers: { "x-b": "2", accept: "1" }, body: "text" }, now);
  const request = { method: "GET", path, query: url.search.slice(1), body: Buffer.from("text"), headers: signed };
  const signature = readSignature(request);
  assert.ok("accessKeyId" in signature);
  const rules = { service: "ecs", regions: ["eu-west-1"] };
  assert.equal(verifySignature(request, signature, "secret", now, rules), undefined);
  const another = { ...request, query: "a=1" };
  assert.equal(verifySignature(another, signature, "secret", now, rules)?.kind, "mismatch");
});
