import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointsOf, isUnreached } from "./endpoints.ts";

const unanswered = Object.assign(new Error("connect ECONNREFUSED"), { $metadata: { attempts: 3 } });
const broken = Object.assign(new Error("no"), { $metadata: { httpStatusCode: 503 } });
const denied = Object.assign(new Error("no"), { $metadata: { httpStatusCode: 400 } });
const aborted = Object.assign(new Error("no"), { name: "AbortError" });

test("endpoints go on to the next one where one does not answer, and stay there", async () => {
  for (const error of [unanswered, broken, new Error("read ECONNRESET")]) {
    const endpoints = endpointsOf(["a", "b", "c"]);
    const asked: (string | undefined)[] = [];
    const work = async (endpoint: string | undefined) => {
      asked.push(endpoint);
      if (endpoint !== "c") throw error;
      return endpoint;
    };
    assert.equal(await endpoints.call(work), "c");
    assert.equal(await endpoints.call(work), "c");
    assert.deepEqual([asked, endpoints.current()], [["a", "b", "c", "c"], "c"]);
  }
});

test("endpoints are asked once each; the last failure is the call's", async () => {
  const endpoints = endpointsOf(["a", "b"]);
  const asked: (string | undefined)[] = [];
  const call = endpoints.call(async (endpoint) => {
    asked.push(endpoint);
    throw new Error(`no ${endpoint}`);
  });
  await assert.rejects(call, /no b/);
  assert.deepEqual([asked, endpoints.current()], [["a", "b"], "a"]);
});

test("endpoints are not left for an answer that is an error, or for a call that was given up", async () => {
  for (const error of [denied, aborted]) {
    const endpoints = endpointsOf(["a", "b"]);
    const failing = () => Promise.reject(error);
    await assert.rejects(endpoints.call(failing), error);
    assert.equal(endpoints.current(), "a");
  }
});

test("endpoints go on once where several say at once that one failed", () => {
  const endpoints = endpointsOf(["a", "b", "c"]);
  endpoints.failed("a");
  endpoints.failed("a");
  assert.equal(endpoints.current(), "b");
});

test("without endpoints AWS itself is asked, once", async () => {
  const endpoints = endpointsOf([]);
  let calls = 0;
  const call = endpoints.call(async (endpoint) => {
    calls += 1;
    assert.equal(endpoint, undefined);
    throw unanswered;
  });
  await assert.rejects(call, unanswered);
  assert.equal(calls, 1);
});

const errors: readonly (readonly [what: string, error: object, isUnreached: boolean])[] = [
  ["a refused connection", { code: "ECONNREFUSED", $metadata: { attempts: 3 } }, true],
  ["an unknown host", { code: "ENOTFOUND" }, true],
  ["no answer in time", { name: "TimeoutError" }, true],
  ["a proxy without its server", { $metadata: { httpStatusCode: 503 } }, true],
  ["a denial", { name: "AccessDeniedException", $metadata: { httpStatusCode: 400 } }, false],
  ["a certificate that is not trusted", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, false],
  ["a certificate of another name", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }, false],
  ["no credentials", { name: "CredentialsProviderError" }, false],
];

for (const [what, error, expected] of errors) {
  test(`a control plane may come up later: ${what}`, () => {
    assert.equal(isUnreached(Object.assign(new Error("failed"), error)), expected);
  });
}
