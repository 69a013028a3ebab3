import assert from "node:assert/strict";
import { test } from "node:test";
import { DisableKeyRotationCommand, EnableKeyRotationCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, encrypt, listRotations, openKms } from "../kms.fixture.ts";
import { refusesImported, refusesUnrotatable, status } from "../materials/rotation.fixture.ts";

for (const database of databases()) {
  test(`EnableKeyRotation sets the period, which GetKeyRotationStatus shows until DisableKeyRotation (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn } = await createKey(kms);
    const start = clock.now().getTime();
    assert.deepEqual(await status(kms, arn), { KeyId: arn, KeyRotationEnabled: false });
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    const yearly = { KeyId: arn, KeyRotationEnabled: true, RotationPeriodInDays: 365 };
    assert.deepEqual(await status(kms, id), { ...yearly, NextRotationDate: new Date(start + 365 * day) });
    clock.advance(day);
    // The same again changes nothing.
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    assert.deepEqual(await status(kms, id), { ...yearly, NextRotationDate: new Date(start + 365 * day) });
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    assert.deepEqual(await status(kms, id), {
      ...{ KeyId: arn, KeyRotationEnabled: true, RotationPeriodInDays: 90 },
      NextRotationDate: new Date(start + 91 * day),
    });
    await kms.send(new DisableKeyRotationCommand({ KeyId: id }));
    assert.deepEqual(await status(kms, id), { KeyId: arn, KeyRotationEnabled: false });
    clock.advance(1000 * day);
    await encrypt(kms, id);
    assert.deepEqual(await listRotations(kms, id), []);
  });
}

for (const days of [89, 2561, -1, 0]) {
  test(`EnableKeyRotation refuses a period of ${days} days`, async () => {
    await using opened = await openKms();
    const { id } = await createKey(opened.kms);
    const command = new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: days });
    await assert.rejects(opened.kms.send(command), { name: "ValidationException", message: /rotationPeriodInDays/ });
  });
}

refusesUnrotatable("EnableKeyRotation", (kms, KeyId) => kms.enableKeyRotation({ KeyId }));
refusesImported("EnableKeyRotation", (kms, KeyId) => kms.enableKeyRotation({ KeyId }));
