import assert from "node:assert/strict";
import { test } from "node:test";
import { GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, openKms } from "../kms.fixture.ts";
import { refusesImported, refusesUnrotatable } from "../materials/rotation.fixture.ts";

for (const database of databases()) {
  test(`GetKeyRotationStatus shows that a new key is not rotated (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await createKey(opened.kms);
    const status = await opened.kms.send(new GetKeyRotationStatusCommand({ KeyId: arn }));
    assert.equal(status.KeyId, id);
    assert.equal(status.KeyRotationEnabled, false);
  });
}

refusesUnrotatable("GetKeyRotationStatus", (kms, KeyId) => kms.getKeyRotationStatus({ KeyId }));
refusesImported("GetKeyRotationStatus", (kms, KeyId) => kms.getKeyRotationStatus({ KeyId }));
