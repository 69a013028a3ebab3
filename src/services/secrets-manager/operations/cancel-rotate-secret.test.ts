import assert from "node:assert/strict";
import { CancelRotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { assertRefused } from "../../../../test/support/refused.ts";
import { own, testRotation } from "../rotation/rotation.fixture.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

testRotation("CancelRotateSecret ends it, and leaves the labels where they are", async (setting) => {
  const { client, clock, seen, rotate, rotateDue, describe } = setting;
  const { VersionId } = await rotate({ RotationRules: { AutomaticallyAfterDays: 1 } });
  const canceled = await client.send(new CancelRotateSecretCommand({ SecretId: "s" }));
  assert.equal(canceled.VersionId, VersionId);
  clock.advance(3 * day);
  await rotateDue();
  assert.deepEqual(seen, []);
  const { RotationEnabled, RotationLambdaARN, NextRotationDate, VersionIdsToStages } = await describe();
  assert.deepEqual([RotationEnabled, RotationLambdaARN, NextRotationDate], [false, own, undefined]);
  assert.deepEqual(VersionIdsToStages![VersionId!], ["AWSPENDING"]);
  await assertRefused(rotate(), "InvalidRequestException", /previous rotation isn't complete/);
});

testRotation(
  "CancelRotateSecret refuses a missing secret, and finds nothing to cancel",
  async ({ client, describe }) => {
    const missing = new CancelRotateSecretCommand({ SecretId: "none" });
    await assertRefused(client.send(missing), "ResourceNotFoundException");
    const { VersionId } = await client.send(new CancelRotateSecretCommand({ SecretId: "s" }));
    assert.deepEqual([VersionId, (await describe()).RotationEnabled], [undefined, undefined]);
  },
);
