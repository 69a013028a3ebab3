import assert from "node:assert/strict";
import { test } from "node:test";
import { matches } from "./attribute-query.ts";
import type { Instance } from "./instance.ts";

const instance = {
  arn: "arn:aws:ecs:us-east-1:1:container-instance/default/abc",
  attributes: [
    { name: "stack", value: "production" },
    { name: "ssd" },
    { name: "ecs.instance-type", value: "t2.small" },
  ],
  sessionId: "s",
} as unknown as Instance;

const cases: readonly (readonly [string, boolean])[] = [
  ["attribute:stack == production", true],
  ["attribute:stack equals production", true],
  ["attribute:stack != production", false],
  ["attribute:stack == test", false],
  ["attribute:none != production", true],
  ["attribute:ssd exists", true],
  ["attribute:hdd exists", false],
  ["attribute:hdd not_exists", true],
  ["attribute:stack in [test, production]", true],
  ["attribute:stack not_in [test, production]", false],
  ["attribute:ecs.instance-type =~ t2.*", true],
  ["attribute:ecs.instance-type =~ m5.*", false],
  ["attribute:ecs.instance-type =~ *small", true],
  ["attribute:ecs.instance-type =~ t2*small", true],
  ["attribute:ecs.instance-type =~ t2*.small*l", false],
  ["attribute:ecs.instance-type =~ *t*.*l*", true],
  ["attribute:ecs.instance-type =~ t2.small", true],
  ["attribute:ecs.instance-type =~ t2", false],
  ["attribute:stack == test or attribute:ssd exists", true],
  ["attribute:stack == test and attribute:ssd exists", false],
  ["not(attribute:stack == test) && (attribute:ssd exists)", true],
  ["agentConnected == true", true],
  ["", false],
  ["attribute:stack ==", false],
  ["attribute:stack == production )", false],
  ["!(attribute:stack ==", false],
  ["attribute:stack in [production", false],
];

for (const [expression, expected] of cases) {
  test(`"${expression}" is met: ${expected}`, () => assert.equal(matches(expression, instance), expected));
}

test("an expression with many wildcards, or very deep, takes no time", () => {
  const value = "a".repeat(128);
  const attributed = { ...instance, attributes: [{ name: "a", value }] } as unknown as Instance;
  assert.equal(matches(`attribute:a =~ ${"a*".repeat(60)}b`, attributed), false);
  assert.equal(matches(`${"!".repeat(1_000_000)}agentConnected == true`, instance), false);
  assert.equal(matches(`${"(".repeat(1_000_000)}agentConnected == true`, instance), false);
});
