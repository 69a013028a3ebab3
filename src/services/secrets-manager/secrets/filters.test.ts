import assert from "node:assert/strict";
import { test } from "node:test";
import { type Filter, passes } from "./filters.ts";
import type { Secret } from "./secret.ts";

const secret = {
  name: "prod/Database-main",
  description: "Password of the orders database",
  tags: [
    { key: "Team", value: "Payments" },
    { key: "stage", value: "" },
  ],
  region: "us-east-1",
  replicas: [],
} as unknown as Secret;

const cases: [filters: Filter[], expected: boolean][] = [
  [[], true],
  [[{ Key: "name", Values: ["prod/"] }], true],
  [[{ Key: "name", Values: ["Prod/"] }], false],
  [[{ Key: "name", Values: ["Database"] }], false],
  [[{ Key: "name", Values: ["test/", "prod/"] }], true],
  [[{ Key: "name", Values: ["!prod/"] }], false],
  [[{ Key: "name", Values: ["!test/"] }], true],
  [[{ Key: "name", Values: ["prod/", "!prod/Database"] }], false],
  [[{ Key: "description", Values: ["password"] }], true],
  [[{ Key: "description", Values: ["PASSWORD of"] }], true],
  [[{ Key: "description", Values: ["ssword"] }], false],
  [[{ Key: "description", Values: ["password elsewhere"] }], false],
  [[{ Key: "tag-key", Values: ["Te"] }], true],
  [[{ Key: "tag-key", Values: ["te"] }], false],
  [[{ Key: "tag-value", Values: ["Pay"] }], true],
  [[{ Key: "tag-value", Values: ["Bill"] }], false],
  [[{ Key: "all", Values: ["database payments"] }], true],
  [[{ Key: "all", Values: ["prod/database"] }], true],
  [[{ Key: "all", Values: ["database billing"] }], false],
  [[{ Key: "all", Values: ["!payments"] }], false],
  [[{ Key: "all", Values: ["prodDatabase"] }], true],
  [[{ Key: "all", Values: ["prodBilling"] }], false],
  [[{ Key: "name", Values: ["x", "!y"] }], false],
  [[{ Key: "owning-service", Values: ["rds"] }], false],
  [[{ Key: "owning-service", Values: ["!rds"] }], true],
  [[{ Key: "primary-region", Values: ["us-east-1"] }], false],
  [
    [
      { Key: "name", Values: ["prod/"] },
      { Key: "tag-key", Values: ["Team"] },
    ],
    true,
  ],
  [
    [
      { Key: "name", Values: ["prod/"] },
      { Key: "tag-key", Values: ["Cost"] },
    ],
    false,
  ],
];

for (const [filters, expected] of cases) {
  test(`passes is ${expected} for ${JSON.stringify(filters)}`, () => assert.equal(passes(secret, filters), expected));
}

test("passes treats a secret without description and tags as one with nothing to find", () => {
  const bare = { name: "a" } as Secret;
  assert.equal(passes(bare, [{ Key: "description", Values: ["a"] }]), false);
  assert.equal(passes(bare, [{ Key: "tag-key", Values: ["!a"] }]), true);
});

test("passes finds words inside of a name written in one", () => {
  const named = { name: "credsDatabase892" } as Secret;
  for (const [value, expected] of [
    ["database", true],
    ["892", true],
    ["creds", true],
    ["base", false],
  ] as const) {
    assert.equal(passes(named, [{ Key: "all", Values: [value] }]), expected, value);
  }
});

test("passes knows the primary region of replicas and of secrets that have some", () => {
  const replica = { region: "eu-west-1", primaryRegion: "us-east-1", replicas: [] } as unknown as Secret;
  const primary = { region: "us-east-1", replicas: [{ region: "eu-west-1" }] } as unknown as Secret;
  for (const secret of [replica, primary]) {
    assert.equal(passes(secret, [{ Key: "primary-region", Values: ["us-"] }]), true);
    assert.equal(passes(secret, [{ Key: "primary-region", Values: ["US-"] }]), false);
    assert.equal(passes(secret, [{ Key: "primary-region", Values: ["eu-west-1"] }]), false);
    assert.equal(passes(secret, [{ Key: "primary-region", Values: ["!eu-west-1"] }]), true);
  }
});
