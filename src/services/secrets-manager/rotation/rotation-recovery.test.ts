import assert from "node:assert/strict";
import { test } from "node:test";
import { DeleteSecretCommand, RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import { databases } from "../../../../test/support/databases.ts";
import { assertRefused } from "../../../../test/support/refused.ts";
import { openRotation } from "./rotation.fixture.ts";
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

for (const kind of databases()) {
  test(`RotateSecret during a step does not have it done a second time (${kind.name})`, async () => {
    for (const at of steps) {
      await using setting = await openRotation(kind);
      const { seen, state, told, rotate, newRotator, rotateDue, value } = setting;
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
      assert.deepEqual([await value(), told], ["new", ["RotationStarted", "RotationSucceeded"]]);
    }
  });

  test(`RotateSecret brings the next attempt of a rotation forward (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { clock, seen, state, rotate, rotateDue, value } = setting;
    state.failAt = "setSecret";
    await rotate();
    await rotateDue();
    clock.advance(minute / 6);
    await rotateDue();
    assert.equal(seen.length, 2);
    state.failAt = undefined;
    await assertRefused(rotate(), "InvalidRequestException", unfinished);
    await rotateDue();
    assert.equal(await value(), "new");
  });

  test(`RotateSecret with RotateImmediately false leaves nothing where it is killed half-way (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { context, told, rotate, rotateDue, describe } = setting;
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
    assert.deepEqual(told, ["TestRotationStarted", "TestRotationSucceeded"]);
    assert.deepEqual((await describe()).VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"] });
    await rotate({ RotateImmediately: false });
  });

  test(`A test of the rotation ends even where its secret is to be deleted (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { client, seen, state, told, rotate, rotateDue, describe, clock } = setting;
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
      told.filter((name) => !name.endsWith("Started")),
      ["TestRotationSucceeded", "TestRotationFailed"],
    );
  });

  test(`RotateSecret with the token of a rotation that was given up tries it again (${kind.name})`, async () => {
    for (const failAt of ["createSecret", "testSecret"] as const) {
      await using setting = await openRotation(kind);
      const { clock, state, told, rotate, rotateDue, describe, value } = setting;
      const { VersionId } = await rotate();
      state.failAt = failAt;
      for (let attempt = 0; attempt < 6; attempt++) {
        await rotateDue();
        clock.advance(60 * minute);
      }
      assert.equal(told.at(-1), "RotationAbandoned");
      state.failAt = undefined;
      assert.equal((await rotate({ ClientRequestToken: VersionId })).VersionId, VersionId);
      await rotateDue();
      assert.equal(await value(), "new", failAt);
      assert.deepEqual((await describe()).VersionIdsToStages![VersionId!]!.includes("AWSCURRENT"), true);
      assert.deepEqual([told[0], told.at(-1)], ["RotationStarted", "RotationSucceeded"]);
      assert.equal(told.filter((name) => name === "RotationStarted").length, 1);
    }
  });
}
