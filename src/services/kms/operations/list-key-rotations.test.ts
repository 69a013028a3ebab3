import assert from "node:assert/strict";
import { test } from "node:test";
import { ListKeyRotationsCommand } from "@aws-sdk/client-kms";
import { createKey, day, describeKey, listRotations, openKms } from "../kms.fixture.ts";
import { refusesUnrotatable } from "../materials/rotation.fixture.ts";

test("ListKeyRotations shows the rotations of a key, or all of its material", async () => {
  await using opened = await openKms();
  const { kms, clock } = opened;
  const { id: KeyId, arn, metadata } = await opened.create();
  assert.deepEqual(await listRotations(kms, KeyId), []);
  clock.advance(day);
  await kms.rotateKeyOnDemand({ KeyId });
  const { CurrentKeyMaterialId: current } = await describeKey(kms, KeyId);
  const rotation = { KeyMaterialState: "CURRENT", RotationDate: clock.now(), RotationType: "ON_DEMAND" };
  const last = { KeyId: arn, KeyMaterialId: current, ...rotation };
  assert.deepEqual(await listRotations(kms, KeyId), [last]);
  const first = { KeyId: arn, KeyMaterialId: metadata.CurrentKeyMaterialId, KeyMaterialState: "NON_CURRENT" };
  assert.deepEqual(await listRotations(kms, KeyId, { IncludeKeyMaterial: "ALL_KEY_MATERIAL" }), [first, last]);
});

test("ListKeyRotations refuses a marker that is not its own", async () => {
  await using opened = await openKms();
  const { id } = await createKey(opened.kms);
  for (const Marker of ["x", Buffer.from(JSON.stringify("alias/a")).toString("base64url")]) {
    const command = new ListKeyRotationsCommand({ KeyId: id, Marker });
    await assert.rejects(opened.kms.send(command), { name: "InvalidMarkerException" });
  }
});

refusesUnrotatable("ListKeyRotations", (kms, KeyId) => kms.listKeyRotations({ KeyId }));
