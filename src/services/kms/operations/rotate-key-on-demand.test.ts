import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  type CreateKeyCommandInput,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GenerateDataKeyCommand,
  paginateListKeyRotations,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, decrypt, describeKey, encrypt, listRotations, openKms, Plaintext } from "../kms.fixture.ts";
import { refusesUnrotatable, status } from "../materials/rotation.fixture.ts";
import { importMaterial } from "../materials/wrapping.fixture.ts";

const external: CreateKeyCommandInput = { Origin: "EXTERNAL" };
const all = { IncludeKeyMaterial: "ALL_KEY_MATERIAL" } as const;
for (const database of databases()) {
  test(`RotateKeyOnDemand changes the material and not the schedule (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn, metadata } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    const before = await status(kms, id);
    const blob = await encrypt(kms, id);
    clock.advance(day);
    assert.equal((await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }))).KeyId, arn);
    assert.deepEqual(await status(kms, id), before);
    const { CurrentKeyMaterialId: current } = await describeKey(kms, id);
    assert.notEqual(current, metadata.CurrentKeyMaterialId);
    const rotation = { RotationDate: clock.now(), RotationType: "ON_DEMAND" };
    const entries = [
      { KeyId: arn, KeyMaterialId: metadata.CurrentKeyMaterialId, KeyMaterialState: "NON_CURRENT" },
      { KeyId: arn, KeyMaterialId: current, KeyMaterialState: "CURRENT", ...rotation },
    ];
    assert.deepEqual(await listRotations(kms, id, { IncludeKeyMaterial: "ALL_KEY_MATERIAL" }), entries);
    assert.deepEqual(await listRotations(kms, id), entries.slice(1));
    assert.equal(
      (await kms.send(new GenerateDataKeyCommand({ KeyId: id, KeySpec: "AES_256" }))).KeyMaterialId,
      current,
    );
    const moved = await kms.send(new ReEncryptCommand({ CiphertextBlob: blob, DestinationKeyId: id }));
    assert.equal(moved.SourceKeyMaterialId, metadata.CurrentKeyMaterialId);
    assert.equal(moved.DestinationKeyMaterialId, current);
    const decrypted = await kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }));
    assert.equal(decrypted.KeyMaterialId, current);
  });

  test(`RotateKeyOnDemand stops at its limit, also when all come at once (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id, arn } = await createKey(kms);
    const other = opened.another();
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? kms : other.kms).send(new RotateKeyOnDemandCommand({ KeyId: id })),
      ),
    );
    assert.equal(all.filter(({ status }) => status === "fulfilled").length, 25);
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), {
      name: "LimitExceededException",
      message:
        "The on-demand rotations limit has been reached for the given keyId. " +
        `No more on-demand rotations can be performed for this key: ${arn}`,
    });
    const rotations = await listRotations(kms, id);
    assert.equal(rotations.length, 25);
    assert.deepEqual(
      rotations.map(({ KeyMaterialState }) => KeyMaterialState),
      [...Array(24).fill("NON_CURRENT"), "CURRENT"],
    );
    assert.equal((await describeKey(kms, id)).CurrentKeyMaterialId, rotations.at(-1)?.KeyMaterialId);
    await kms.send(new DecryptCommand({ CiphertextBlob: await encrypt(other.kms, id) }));
    const pages: number[] = [];
    const pager = { client: kms, pageSize: 10 };
    for await (const page of paginateListKeyRotations(pager, { KeyId: id, IncludeKeyMaterial: "ALL_KEY_MATERIAL" })) {
      pages.push(page.Rotations!.length);
    }
    assert.deepEqual(pages, [10, 10, 6]);
  });

  test(`RotateKeyOnDemand takes the imported material that waits, and older ciphertexts need all of it (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn } = await createKey(kms, external);
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), {
      name: "KMSInvalidStateException",
      message: `${arn} is pending import.`,
    });
    const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const one = await importMaterial(kms, id, first);
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), {
      name: "KMSInvalidStateException",
      message: `No available key material pending rotation for the key: ${arn}.`,
    });
    const old = await encrypt(kms, id);
    const isNew = { ImportType: "NEW_KEY_MATERIAL" } as const;
    await assert.rejects(importMaterial(kms, id, first, isNew), { name: "IncorrectKeyMaterialException" });
    const two = await importMaterial(kms, id, second, isNew);
    await assert.rejects(importMaterial(kms, id, third, isNew), {
      name: "KMSInvalidStateException",
      message: new RegExp(
        `^New key material \\(id: [0-9a-f]{64}\\) cannot be imported into KMS key ${arn}, ` +
          `because another key material \\(id: ${two.KeyMaterialId}\\) is pending rotation\\.$`,
      ),
    });
    assert.deepEqual(
      (await listRotations(kms, id, all)).map(({ KeyMaterialId, KeyMaterialState }) => [
        ...[KeyMaterialId, KeyMaterialState],
      ]),
      [
        [one.KeyMaterialId, "CURRENT"],
        [two.KeyMaterialId, "PENDING_ROTATION"],
      ],
    );
    assert.equal((await describeKey(kms, id)).CurrentKeyMaterialId, one.KeyMaterialId);
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    assert.equal((await describeKey(kms, id)).CurrentKeyMaterialId, two.KeyMaterialId);
    const fresh = await encrypt(kms, id);
    assert.equal((await kms.send(new DecryptCommand({ CiphertextBlob: old }))).KeyMaterialId, one.KeyMaterialId);
    assert.equal((await kms.send(new DecryptCommand({ CiphertextBlob: fresh }))).KeyMaterialId, two.KeyMaterialId);
    assert.equal((await listRotations(kms, id))[0]?.RotationDate?.getTime(), clock.now().getTime());

    // Without any of the two the key does nothing.
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: arn, KeyMaterialId: one.KeyMaterialId! }));
    const pending = { name: "KMSInvalidStateException", message: `${arn} is pending import.` };
    await assert.rejects(decrypt(kms, fresh), pending);
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    await importMaterial(kms, id, second);
    await assert.rejects(decrypt(kms, fresh), pending);
    const wrongId = { KeyMaterialId: two.KeyMaterialId! };
    await assert.rejects(importMaterial(kms, id, first, wrongId), { name: "IncorrectKeyMaterialException" });
    await importMaterial(kms, id, first, { KeyMaterialId: one.KeyMaterialId! });
    assert.deepEqual(await decrypt(kms, old), Plaintext);
    assert.deepEqual(await decrypt(kms, fresh), Plaintext);
  });
}

test("RotateKeyOnDemand refuses to come just before an automatic rotation", async () => {
  await using opened = await openKms();
  const { kms, clock } = opened;
  const { id } = await createKey(kms);
  await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
  clock.advance(90 * day - 20 * 60 * 1000);
  await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), {
    name: "ConflictException",
    message: /scheduled to begin within the next 20 minutes\.$/,
  });
  await kms.send(new DisableKeyRotationCommand({ KeyId: id }));
  await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
});

refusesUnrotatable("RotateKeyOnDemand", (kms, KeyId) => kms.rotateKeyOnDemand({ KeyId }));
