import assert from "node:assert/strict";
import { test } from "node:test";
import { passes, requestedFilters } from "./filters.ts";
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

const cases: [filters: { Key: string; Values: string[] }[], expected: boolean][] = [
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
    ["+", false],
  ] as const) {
    assert.equal(passes(named, [{ Key: "all", Values: [value] }]), expected, value);
  }
});

for (const [name, found, missing] of [
  ["SecretFTag", ["t", "secretT", "f"], ["ag", "ftag"]],
  ["uat/COMPANYthings", ["Ythings", "uat", "compan"], ["company", "things"]],
  ["uat/COMPANY/things", ["company", "things"], ["ythings"]],
  ["my/secret+value", ["my", "MY"], ["secret", "value"]],
  ["one-two", ["one", "two", "two-one"], ["wo"]],
] as const) {
  test(`passes tells the words of ${name} apart as AWS does`, () => {
    const named = { name } as Secret;
    for (const value of found) assert.equal(passes(named, [{ Key: "all", Values: [value] }]), true, value);
    for (const value of missing) assert.equal(passes(named, [{ Key: "all", Values: [value] }]), false, value);
  });
}

test("requestedFilters refuses a filter without its key or its values", () => {
  assert.deepEqual(requestedFilters(undefined), []);
  assert.throws(() => requestedFilters([{ Values: ["a"] }]), { message: "Invalid filter key" });
  const message = "Invalid filter values for key: description";
  assert.throws(() => requestedFilters([{ Key: "description" }]), { message });
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
