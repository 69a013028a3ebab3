import assert from "node:assert/strict";
import { test } from "node:test";
import { testCall } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { reachedAt } from "./reached-at.ts";

test("a caller's further connections are as its request was: over TLS, or through the operator's proxy", () => {
  const call = testCall(fakeClock());
  assert.equal(reachedAt({}, call), "http://localhost");
  assert.equal(reachedAt({}, { ...call, isSecure: true }), "https://localhost");
  for (const host of ["169.254.170.2:40123", "127.0.0.1:51680"]) {
    assert.equal(reachedAt({}, { ...call, host, isSecure: true }), `http://${host}`);
  }
  const proxy = { publicUrl: "https://sealift.example.com/ecs" };
  assert.equal(reachedAt(proxy, { ...call, host: "sealift.example.com" }), "https://sealift.example.com/ecs");
  assert.equal(reachedAt(proxy, call), "http://localhost");
});
