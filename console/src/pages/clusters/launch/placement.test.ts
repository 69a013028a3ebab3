import assert from "node:assert/strict";
import { test } from "node:test";
import { noPlacement, placementFormOf, placementOf } from "./placement.ts";

test("placementOf says what was chosen in rules, and leaves out what a type has no use for", () => {
  assert.deepEqual(placementOf(noPlacement), {});
  assert.deepEqual(placementOf({ ...noPlacement, placement: "distinct" }), {
    placementConstraints: [{ type: "distinctInstance" }],
  });
  const strategies = [
    { type: "spread", field: "attribute:ecs.availability-zone" },
    { type: "random", field: "cpu" },
  ] as const;
  const constraints = [
    { type: "memberOf", expression: "attribute:stage == prod" },
    { type: "distinctInstance", expression: "x" },
  ] as const;
  assert.deepEqual(placementOf({ placement: "custom", strategies, constraints }), {
    placementStrategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }, { type: "random" }],
    placementConstraints: [{ type: "memberOf", expression: "attribute:stage == prod" }, { type: "distinctInstance" }],
  });
  assert.deepEqual(placementOf({ placement: "spread", strategies, constraints }), {
    placementStrategy: [{ type: "spread", field: "instanceId" }],
  });
});

test("placementFormOf is the form of what a service has, by its name where it has one", () => {
  for (const placement of ["none", "spread", "binpack", "distinct"] as const) {
    const form = { ...noPlacement, placement };
    assert.deepEqual(placementFormOf(placementOf(form)), form);
  }
  const given = {
    placementStrategy: [{ type: "binpack" as const, field: "cpu" }],
    placementConstraints: [{ type: "memberOf" as const, expression: "attribute:stage == prod" }],
  };
  const form = placementFormOf(given);
  assert.equal(form.placement, "custom");
  assert.deepEqual(placementOf(form), given);
});
