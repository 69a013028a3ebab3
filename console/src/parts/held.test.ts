import assert from "node:assert/strict";
import { test } from "node:test";
import { heldBy, ownTags, secretName } from "./held.ts";

const db = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db/main-a1B2c3";
const tags = [
  { key: "team", value: "web" },
  { key: `sealift:secret:${db}`, value: "v1 stale main,proxy; v2 current side" },
  { key: "sealift:secrets-learnt-from", value: "agent" },
  { key: "sealift:secret:arn:aws:ssm:us-east-1:111122223333:parameter/app/key", value: "3 lost main" },
];

test("heldBy reads each version with its state and containers, and takes no state that it does not know", () => {
  assert.deepEqual(heldBy(tags), {
    secrets: [
      { arn: db, version: "v1", state: "stale", containers: ["main", "proxy"] },
      { arn: db, version: "v2", state: "current", containers: ["side"] },
    ],
    learntFrom: "agent",
    failure: undefined,
  });
});

test("ownTags leaves out what DescribeTasks adds", () => {
  assert.deepEqual(ownTags(tags), [{ key: "team", value: "web" }]);
});

const names: readonly (readonly [arn: string, name: string])[] = [
  [db, "db/main"],
  ["arn:aws:ssm:us-east-1:111122223333:parameter/app/key", "/app/key"],
  ["arn:aws:ssm:us-east-1:111122223333:parameter/key", "key"],
  ["arn:aws:kms:us-east-1:111122223333:key/1", "arn:aws:kms:us-east-1:111122223333:key/1"],
];

for (const [arn, name] of names) {
  test(`secretName of ${arn} is ${name}`, () => {
    assert.equal(secretName(arn), name);
  });
}
