import assert from "node:assert/strict";
import { test } from "node:test";
import { trusted, trustOf } from "./trust.ts";

test("trustOf trusts the use case's service, and trusted finds it again", () => {
  const document = trustOf("ecs-tasks.amazonaws.com");
  assert.deepEqual(JSON.parse(document).Statement, [
    { Sid: "", Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
  ]);
  assert.deepEqual(trusted(encodeURIComponent(document)), ["ecs-tasks.amazonaws.com"]);
});

test("trusted reads principals in every form, and passes over what is denied or no policy", () => {
  const document = {
    Statement: [
      { Effect: "Allow", Principal: "*" },
      { Effect: "Allow", Principal: { AWS: ["a", "b"], Federated: "c" } },
      { Effect: "Deny", Principal: { AWS: "d" } },
    ],
  };
  assert.deepEqual(trusted(JSON.stringify(document)), ["*", "a", "b", "c"]);
  assert.deepEqual(trusted("{"), []);
  assert.deepEqual(trusted(undefined), []);
});
