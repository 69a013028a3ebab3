import assert from "node:assert/strict";
import { test } from "node:test";
import { type CreateKeyCommandInput, GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, openKms } from "../kms.fixture.ts";
import { status } from "../materials/rotation.fixture.ts";

for (const database of databases()) {
  test(`GetKeyRotationStatus shows that a new key is not rotated (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await createKey(opened.kms);
    const status = await opened.kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    assert.equal(status.KeyId, arn);
    assert.equal(status.KeyRotationEnabled, false);
  });
}

test("GetKeyRotationStatus shows that keys are not rotated that cannot be", async () => {
  await using opened = await openKms();
  const inputs: CreateKeyCommandInput[] = [
    { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
    { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
    { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" },
    { Origin: "EXTERNAL" },
  ];
  for (const input of inputs) {
    const { id, arn } = await opened.create(input);
    assert.deepEqual(await status(opened.kms, id), { KeyId: arn, KeyRotationEnabled: false });
  }
});

test("GetKeyRotationStatus refuses a key that is not there", async () => {
  await using opened = await openKms();
  const KeyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
  await assert.rejects(status(opened.kms, KeyId), { name: "NotFoundException" });
});
