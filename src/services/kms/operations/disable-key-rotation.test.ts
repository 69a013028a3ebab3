import assert from "node:assert/strict";
import { test } from "node:test";
import { day, openKms } from "../kms.fixture.ts";
import { refusesImported, refusesUnrotatable, status } from "../materials/rotation.fixture.ts";

test("DisableKeyRotation ends the rotations of a key, if there were any", async () => {
  await using opened = await openKms();
  const { kms, clock, store } = opened;
  const { id: KeyId, arn } = await opened.create();
  await kms.disableKeyRotation({ KeyId });
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  await kms.disableKeyRotation({ KeyId });
  assert.deepEqual(await status(kms, KeyId), { KeyId: arn, KeyRotationEnabled: false });
  clock.advance(100 * day);
  assert.equal(await store.rotations.rotateDue(), 0);
});

test("DisableKeyRotation refuses a key that is disabled", async () => {
  await using opened = await openKms();
  const { id: KeyId } = await opened.create();
  await opened.kms.disableKey({ KeyId });
  await assert.rejects(opened.kms.disableKeyRotation({ KeyId }), { name: "DisabledException" });
});

refusesUnrotatable("DisableKeyRotation", (kms, KeyId) => kms.disableKeyRotation({ KeyId }));
refusesImported("DisableKeyRotation", (kms, KeyId) => kms.disableKeyRotation({ KeyId }));
