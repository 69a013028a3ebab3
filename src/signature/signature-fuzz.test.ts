import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type SignedRequest, signatureErrors } from "./signature.ts";
import { headerRequest, judge, presignedRequest, time, withHeader } from "./signature-signer.fixture.ts";

const signed = headerRequest();
const presigned = presignedRequest();

describe("any request", () => {
  const junk = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.constantFrom("", "\0", "%", "é", "=", ";", "/", "AWS4-HMAC-SHA256", "host", time, "x".repeat(70_000)),
  );
  const mutated = (text: string) =>
    fc.tuple(fc.nat(text.length), fc.nat(8), junk).map(([start, length, insert]) => {
      return text.slice(0, start) + insert + text.slice(start + length);
    });
  const headerName = fc.oneof(
    fc.constantFrom("authorization", "x-amz-date", "date", "host", "x-amz-security-token", "__proto__", "constructor"),
    fc.string(),
  );
  const isProblem = (request: SignedRequest) => {
    const problem = judge(request);
    assert.ok(problem, "unsigned junk was accepted");
    assert.ok(problem.kind in signatureErrors);
  };

  test("readSignature and verifySignature answer random requests with a problem and never throw", () => {
    const random = fc.record({
      method: junk,
      path: junk,
      query: junk,
      headers: fc.dictionary(headerName, junk),
      body: fc.uint8Array(),
    });
    fc.assert(fc.property(random, isProblem), { numRuns: 1000 });
  });

  test("readSignature and verifySignature never throw for a mutated signature", () => {
    const header = mutated(signed.headers.authorization!).map((text) => withHeader(signed, "authorization", text));
    const query = mutated(presigned.query).map((text) => ({ ...presigned, query: text }));
    fc.assert(
      fc.property(fc.oneof(header, query), (request) => {
        const problem = judge(request);
        assert.ok(problem === undefined || problem.kind in signatureErrors);
      }),
      { numRuns: 2000 },
    );
  });
});
