import assert from "node:assert/strict";
import { test } from "node:test";
import { installationMounts } from "./installation-mounts.ts";
import { type HttpRequest, mountFinder } from "./mounts.ts";

const signed = {
  "/_sealift/root-access-key": async ({ body }: { readonly body: Buffer }) => ({ status: 201, headers: {}, body }),
};

function request(method: string, path: string, headers: Record<string, string> = { host: "127.0.0.1" }): HttpRequest {
  const body = {
    read: async () => Buffer.from("body"),
    async *[Symbol.asyncIterator]() {},
  };
  return { method, path, query: "", headers, body, remoteAddress: "127.0.0.1", isSecure: false };
}

const page = { host: "127.0.0.1", origin: "http://example.com" };

const cases: readonly (readonly [what: string, asked: HttpRequest, canReset: boolean, status: number])[] = [
  ["health", request("GET", "/health"), false, 200],
  ["health without body", request("HEAD", "/health"), false, 200],
  ["a POST to health", request("POST", "/health"), false, 404],
  ["a reset where there is none", request("POST", "/_sealift/reset"), false, 404],
  ["a reset", request("POST", "/_sealift/reset"), true, 200],
  ["a reset by GET", request("GET", "/_sealift/reset"), true, 404],
  ["a reset by a web page", request("POST", "/_sealift/reset", page), true, 403],
  ["a request for a root access key", request("POST", "/_sealift/root-access-key"), false, 201],
  ["something else of the installation", request("POST", "/_sealift/else"), true, 404],
];

for (const [what, asked, canReset, status] of cases) {
  test(`installationMounts answers ${what} with ${status}`, async () => {
    let resets = 0;
    const reset = async () => void resets++;
    const mounts = installationMounts({ signed, ...(canReset && { reset }) });
    assert.equal((await mountFinder(mounts)(asked.path).handle(asked)).status, status);
    assert.equal(resets, what === "a reset" ? 1 : 0);
  });
}

test("installationMounts tells why a reset failed", async () => {
  const reset = () => Promise.reject(new Error("the disk is full"));
  const asked = request("POST", "/_sealift/reset");
  const answer = await mountFinder(installationMounts({ signed, reset }))(asked.path).handle(asked);
  assert.equal(answer.status, 500);
  assert.deepEqual(JSON.parse(String(answer.body)), { status: "failed", message: "the disk is full" });
});
