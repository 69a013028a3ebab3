import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireRequest } from "../../wire/protocol.ts";
import { routes } from "./routes.ts";

function request(method: string, path: string, headers: Record<string, string> = { host: "127.0.0.1" }): WireRequest {
  return { method, path, query: "", headers, body: Buffer.alloc(0), remoteAddress: "127.0.0.1" };
}

const page = { host: "127.0.0.1", origin: "http://example.com" };

const cases: readonly (readonly [what: string, asked: WireRequest, canReset: boolean, status: number | undefined])[] = [
  ["health", request("GET", "/health"), false, 200],
  ["health without body", request("HEAD", "/health"), false, 200],
  ["an API request", request("POST", "/"), true, undefined],
  ["a reset where there is none", request("POST", "/_sealift/reset"), false, 404],
  ["a reset", request("POST", "/_sealift/reset"), true, 200],
  ["a reset by GET", request("GET", "/_sealift/reset"), true, 404],
  ["a reset by a web page", request("POST", "/_sealift/reset", page), true, 403],
];

for (const [what, asked, canReset, status] of cases) {
  test(`routes answers ${what} with ${status}`, async () => {
    let resets = 0;
    const reset = async () => void resets++;
    const answer = await routes(canReset ? reset : undefined)(asked);
    assert.equal(answer?.status, status);
    assert.equal(resets, what === "a reset" ? 1 : 0);
  });
}

test("routes tells why a reset failed", async () => {
  const failing = () => Promise.reject(new Error("the disk is full"));
  const answer = await routes(failing)(request("POST", "/_sealift/reset"));
  assert.equal(answer?.status, 500);
  assert.deepEqual(JSON.parse(String(answer?.body)), { status: "failed", message: "the disk is full" });
});
