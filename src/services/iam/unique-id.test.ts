import assert from "node:assert/strict";
import { test } from "node:test";
import { randomIds } from "../../ids.ts";
import { accountOfId, newAccessKey, uniqueId } from "./unique-id.ts";

for (const account of ["000000000000", "000000000001", "111122223333", "999999999999"]) {
  test(`identifiers of account ${account} hold it`, () => {
    for (const prefix of ["AROA", "AIDA", "ANPA"] as const) {
      const id = uniqueId(prefix, account, randomIds);
      assert.match(id, new RegExp(`^${prefix}[A-Z2-7]{17}$`));
      assert.equal(accountOfId(id), account);
    }
    const { accessKeyId, secretAccessKey } = newAccessKey("AKIA", account, randomIds);
    assert.match(accessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.match(secretAccessKey, /^[A-Za-z0-9+/]{40}$/);
    assert.equal(accountOfId(accessKeyId), account);
  });
}

test("uniqueId's random bits reach the whole of the tail", () => {
  const ids = Array.from({ length: 200 }, () => newAccessKey("ASIA", "111122223333", randomIds).accessKeyId);
  assert.equal(new Set(ids).size, ids.length);
  for (let index = 14; index < 20; index++)
    assert.ok(new Set(ids.map((id) => id[index])).size > 16, `character ${index}`);
});

test("accountOfId finds none in identifiers from before 2019 and in other text", () => {
  for (const id of ["AKIAIOSFODNN7EXAMPLE", "test", "", "AKIA0000000000000000"])
    assert.equal(accountOfId(id), undefined);
});
