import assert from "node:assert/strict";
import { DeleteSecretCommand, RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import { assertRefused } from "../../../../test/support/refused.ts";
import { testRotation, testRotations } from "./rotation.fixture.ts";
import { type Step, steps } from "./rotation.ts";

const minute = 60_000;
const unfinished = "A previous rotation isn't complete. That rotation will be reattempted.";

/** Something to wait in, and to know that somebody waits in it. */
function gate(at: Step) {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: opened.resolve,
    async during(step: Step) {
      if (step !== at) return;
      reached.resolve();
      await opened.promise;
    },
  };
}

testRotations("RotateSecret during a step does not have it done a second time", async (open) => {
  for (const at of steps) {
    await using setting = await open();
    const { seen, state, reported, rotate, newRotator, rotateDue, value } = setting;
    const held = gate(at);
    state.during = held.during;
    const { VersionId } = await rotate();
    const running = rotateDue();
    await held.reached;
    await assertRefused(rotate(), "InvalidRequestException", unfinished);
    assert.equal((await rotate({ ClientRequestToken: VersionId })).VersionId, VersionId);
    state.during = async () => {};
    await newRotator().rotateDue();
    held.open();
    await running;
    assert.deepEqual(seen, [...steps], at);
    assert.deepEqual([await value(), reported], ["new", ["RotationStarted", "RotationSucceeded"]]);
  }
});

testRotation(
  "RotateSecret with RotateImmediately false leaves nothing where it is killed half-way",
  async (setting) => {
    const { context, reported, rotate, rotateDue, describe } = setting;
    const { change } = context.store.writes;
    let changes = 0;
    /** Nothing that is asked for after the first change is done any more. */
    const dying = async (...given: Parameters<typeof change>) => {
      if (changes++ > 0) throw new Error("killed");
      return change(...given);
    };
    Object.assign(context.store.writes, { change: dying });
    const refused = await rotate({ RotateImmediately: false }).catch((error: Error) => error);
    assert.doesNotMatch(String(refused), /previous rotation/);
    Object.assign(context.store.writes, { change });
    await rotateDue();
    assert.deepEqual(reported, ["TestRotationStarted", "TestRotationSucceeded"]);
    assert.deepEqual((await describe()).VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"] });
    await rotate({ RotateImmediately: false });
  },
);

testRotation("A test of the rotation ends even where its secret is to be deleted", async (setting) => {
  const { client, seen, state, reported, rotate, rotateDue, describe, clock } = setting;
  for (const failAt of [undefined, "testSecret"] as const) {
    state.failAt = failAt;
    state.during = async () => {
      await client.send(new DeleteSecretCommand({ SecretId: "s" }));
    };
    await rotate({ RotateImmediately: false });
    await rotateDue();
    clock.advance(minute);
    await rotateDue();
    await client.send(new RestoreSecretCommand({ SecretId: "s" }));
    assert.deepEqual((await describe()).VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"] });
  }
  assert.deepEqual(seen, ["testSecret", "testSecret"]);
  assert.deepEqual(
    reported.filter((name) => !name.endsWith("Started")),
    ["TestRotationSucceeded", "TestRotationFailed"],
  );
});

testRotations("RotateSecret with the token of a rotation that was given up tries it again", async (open) => {
  for (const failAt of ["createSecret", "testSecret"] as const) {
    await using setting = await open();
    const { clock, state, reported, rotate, rotateDue, describe, value } = setting;
    const { VersionId } = await rotate();
    state.failAt = failAt;
    for (let attempt = 0; attempt < 6; attempt++) {
      await rotateDue();
      clock.advance(60 * minute);
    }
    assert.equal(reported.at(-1), "RotationAbandoned");
    state.failAt = undefined;
    assert.equal((await rotate({ ClientRequestToken: VersionId })).VersionId, VersionId);
    await rotateDue();
    assert.equal(await value(), "new", failAt);
    assert.deepEqual((await describe()).VersionIdsToStages![VersionId!]!.includes("AWSCURRENT"), true);
    assert.deepEqual([reported[0], reported.at(-1)], ["RotationStarted", "RotationSucceeded"]);
    assert.equal(reported.filter((name) => name === "RotationStarted").length, 1);
  }
});
