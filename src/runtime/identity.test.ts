import assert from "node:assert/strict";
import { test } from "node:test";
import { identityLabels, identityOf, isReservedLabel } from "./identity.ts";

const identity = { taskArn: "arn:aws:ecs:us-east-1:1:task/default/a", container: "web", attempt: 2 };

test("identityOf reads what identityLabels wrote", () => {
  assert.deepEqual(identityOf({ ...identityLabels(identity), other: "x" }), identity);
});

test("identityOf knows nobody by labels that do not say", () => {
  const labels = identityLabels(identity);
  for (const name of Object.keys(labels)) {
    const { [name]: _, ...rest } = labels;
    assert.equal(identityOf(rest), undefined, name);
  }
  for (const attempt of ["", "0", "-1", "1.5", "one"]) {
    assert.equal(identityOf({ ...labels, "sealift.attempt": attempt }), undefined, attempt);
  }
});

test("isReservedLabel names the agent's own labels", () => {
  for (const name of Object.keys(identityLabels(identity))) assert.ok(isReservedLabel(name), name);
  for (const name of ["com.amazonaws.ecs", "sealift.process.command", "x"]) assert.ok(!isReservedLabel(name), name);
});
