import assert from "node:assert/strict";
import { test } from "node:test";
import { contextConditions } from "./conditions.ts";

test("every name of an encryption context has its own key, also beyond the names that are remembered", () => {
  const names = [...Array.from({ length: 300 }, (_, index) => `name ${index}`), "n".repeat(500), "__proto__"];
  for (const value of ["first", "second"]) {
    const context = JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:"${value} ${name}"`).join()}}`);
    const { "kms:EncryptionContextKeys": keys, ...values } = contextConditions(context);
    assert.deepEqual(keys, names);
    assert.deepEqual(
      Object.entries(values),
      names.map((name) => [`kms:EncryptionContext:${name}`, `${value} ${name}`]),
    );
  }
  assert.deepEqual(contextConditions({}), {});
});
