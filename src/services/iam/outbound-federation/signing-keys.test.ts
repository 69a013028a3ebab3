import assert from "node:assert/strict";
import { test } from "node:test";
import { isRetired, type SigningKey, signingKey, successorDue } from "./signing-keys.ts";

const start = Date.parse("2030-01-01T00:00:00Z");
const day = 24 * 60 * 60 * 1000;
const at = (days: number) => new Date(start + days * day);
const key = (id: string, from: number): SigningKey => ({
  ...{ id, account: "111122223333", algorithm: "ES384", publicKey: {} },
  signsFrom: at(from),
});

test("the first key signs at once", () => {
  assert.deepEqual(successorDue([], "ES384", at(3)), at(3));
  assert.equal(signingKey([key("a", 3)], "ES384", at(3))?.id, "a");
});

test("the next key is made a day before it signs, and the one before is published a day longer", () => {
  const [a, b] = [key("a", 0), key("b", 30)];
  assert.equal(successorDue([a], "ES384", at(28.9)), undefined);
  assert.deepEqual(successorDue([a], "ES384", at(29)), at(30));
  assert.equal(successorDue([a, b], "ES384", at(29)), undefined);
  assert.equal(signingKey([b, a], "ES384", at(29.9))?.id, "a");
  assert.equal(signingKey([a, b], "ES384", at(30))?.id, "b");
  assert.deepEqual(
    [30, 30.9, 31].map((days) => isRetired(a, [a, b], at(days))),
    [false, false, true],
  );
  assert.equal(isRetired(b, [a, b], at(31)), false);
});

test("a key that nobody replaced in time signs until its successor was published for a day", () => {
  const a = key("a", 0);
  assert.deepEqual(successorDue([a], "ES384", at(100)), at(101));
  assert.equal(signingKey([a, key("b", 101)], "ES384", at(100))?.id, "a");
});

test("keys of another algorithm neither sign nor retire a key, nor put off its successor", () => {
  const a = key("a", 0);
  const other: SigningKey = { ...key("b", 29), algorithm: "RS256" };
  assert.equal(signingKey([a, other], "ES384", at(30))?.id, "a");
  assert.equal(isRetired(a, [a, other], at(100)), false);
  assert.deepEqual(successorDue([a, other], "ES384", at(29)), at(30));
});
