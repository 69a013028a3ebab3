import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { type CreateKeyCommandInput, DeleteImportedKeyMaterialCommand } from "@aws-sdk/client-kms";
import { createKey, describeKey, openKms } from "../kms.fixture.ts";
import { importMaterial } from "../materials/wrapping.fixture.ts";

const external: CreateKeyCommandInput = { Origin: "EXTERNAL" };

test("DeleteImportedKeyMaterial makes the key wait for the same material", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const { id, arn } = await createKey(kms, external);
  const material = randomBytes(32);
  const { KeyMaterialId } = await importMaterial(kms, id, material);
  const { $metadata: _, ...deleted } = await kms.deleteImportedKeyMaterial({ KeyId: id });
  assert.deepEqual(deleted, { KeyId: arn, KeyMaterialId });
  assert.deepEqual([asked.at(-1)?.action, asked.at(-1)?.resource], ["kms:DeleteImportedKeyMaterial", arn]);
  assert.equal((await describeKey(kms, id)).KeyState, "PendingImport");
  await importMaterial(kms, id, material);
  assert.equal((await describeKey(kms, id)).KeyState, "Enabled");
});

test("DeleteImportedKeyMaterial does nothing where there is nothing, and refuses an unknown id", async () => {
  await using opened = await openKms();
  const { id, arn } = await createKey(opened.kms, external);
  assert.equal((await opened.kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }))).KeyId, arn);
  const command = new DeleteImportedKeyMaterialCommand({ KeyId: id, KeyMaterialId: "0".repeat(64) });
  await assert.rejects(opened.kms.send(command), { name: "NotFoundException" });
});
