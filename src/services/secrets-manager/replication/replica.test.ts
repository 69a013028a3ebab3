import assert from "node:assert/strict";
import { test } from "node:test";
import { arnInRegion, type Replica, readReplicas, sharedIdentity, withReplicas, writtenReplicas } from "./replica.ts";

const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:us-east-1/db-AbCdEf";

function replica(region: string, extra: Partial<Replica> = {}): Replica {
  return { region, kmsKeyId: undefined, failure: undefined, ...extra };
}

test("arnInRegion changes the region and nothing else, and back", () => {
  const there = arnInRegion(arn, "eu-west-1");
  assert.equal(there, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:us-east-1/db-AbCdEf");
  assert.equal(arnInRegion(there, "us-east-1"), arn);
});

test("sharedIdentity is one for a secret and its replicas, and another for every other secret", () => {
  assert.equal(sharedIdentity(arn), sharedIdentity(arnInRegion(arn, "eu-west-1")));
  assert.notEqual(sharedIdentity(arn), sharedIdentity(arn.replace("AbCdEf", "AbCdEg")));
  assert.notEqual(sharedIdentity(arn), sharedIdentity(arn.replace("111122223333", "444455556666")));
});

test("replicas come back as they were written", () => {
  const replicas = [replica("eu-west-1"), replica("us-west-2", { kmsKeyId: "alias/a", failure: 'no "key"' })];
  assert.deepEqual(readReplicas(writtenReplicas(replicas)), replicas);
  assert.deepEqual([writtenReplicas([]), readReplicas(null)], [null, []]);
});

test("withReplicas replaces those of the same region in their place", () => {
  const changed = replica("a", { kmsKeyId: "key" });
  assert.deepEqual(withReplicas([replica("a"), replica("b")], [replica("c"), changed]), [
    changed,
    replica("b"),
    replica("c"),
  ]);
});
