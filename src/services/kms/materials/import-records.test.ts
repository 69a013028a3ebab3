import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  type CreateKeyCommandInput,
  DeleteImportedKeyMaterialCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, decrypt, describeKey, encrypt, listRotations, openKms, Plaintext } from "../kms.fixture.ts";
import { importMaterial, wrappedFor } from "./wrapping.fixture.ts";

const external: CreateKeyCommandInput = { Origin: "EXTERNAL" };
const all = { IncludeKeyMaterial: "ALL_KEY_MATERIAL" } as const;
for (const database of databases()) {
  test(`A key of origin EXTERNAL works once its material is imported, and again after it was deleted (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, database: stored } = opened;
    const { id, arn, metadata } = await createKey(kms, external);
    assert.equal(metadata.KeyState, "PendingImport");
    assert.equal(metadata.Enabled, false);
    assert.equal(metadata.Origin, "EXTERNAL");
    assert.equal(metadata.CurrentKeyMaterialId, undefined);
    assert.equal(metadata.ExpirationModel, undefined);
    const pending = { name: "KMSInvalidStateException", message: `${arn} is pending import.` };
    await assert.rejects(encrypt(kms, id), pending);

    const material = randomBytes(32);
    const ValidTo = new Date(clock.now().getTime() + 10 * day);
    const imported = await importMaterial(kms, id, material, { ValidTo, KeyMaterialDescription: "the first" });
    assert.equal(imported.KeyId, arn);
    const enabled = await describeKey(kms, id);
    assert.equal(enabled.KeyState, "Enabled");
    assert.equal(enabled.ExpirationModel, "KEY_MATERIAL_EXPIRES");
    assert.deepEqual(enabled.ValidTo, ValidTo);
    assert.equal(enabled.CurrentKeyMaterialId, imported.KeyMaterialId);
    const entry = { KeyId: arn, KeyMaterialId: imported.KeyMaterialId, KeyMaterialDescription: "the first" };
    assert.deepEqual(await listRotations(kms, id, all), [
      {
        ...{ ...entry, KeyMaterialState: "CURRENT", ImportState: "IMPORTED" },
        ...{ ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo },
      },
    ]);
    assert.deepEqual(await listRotations(kms, id), []);
    const blob = await encrypt(kms, id);
    assert.deepEqual(await decrypt(kms, blob), Plaintext);

    const deleted = await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    assert.equal(deleted.KeyId, arn);
    assert.equal(deleted.KeyMaterialId, imported.KeyMaterialId);
    const gone = await describeKey(kms, id);
    assert.equal(gone.KeyState, "PendingImport");
    assert.equal(gone.ExpirationModel, undefined);
    assert.equal(gone.CurrentKeyMaterialId, imported.KeyMaterialId);
    await assert.rejects(decrypt(kms, blob), pending);
    await assert.rejects(decrypt(opened.another().kms, blob), pending);
    const row = await stored.db.selectFrom("kms_key_materials").select("sealed").executeTakeFirstOrThrow();
    assert.equal(row.sealed, null);
    assert.deepEqual(await listRotations(kms, id, all), [
      { ...entry, KeyMaterialState: "CURRENT", ImportState: "PENDING_IMPORT" },
    ]);

    await assert.rejects(importMaterial(kms, id, randomBytes(32)), { name: "IncorrectKeyMaterialException" });
    const again = await importMaterial(kms, id, material);
    assert.equal(again.KeyMaterialId, imported.KeyMaterialId);
    assert.equal((await describeKey(kms, id)).ExpirationModel, "KEY_MATERIAL_DOES_NOT_EXPIRE");
    assert.deepEqual(await decrypt(kms, blob), Plaintext);
    const [kept] = await listRotations(kms, id, all);
    assert.equal(kept?.KeyMaterialDescription, "the first");
  });

  test(`Imported material is gone at the moment it expires, and its row with the next purge (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store, database: stored } = opened;
    const { id, arn } = await createKey(kms, external);
    const material = randomBytes(32);
    await importMaterial(kms, id, material, { ValidTo: new Date(clock.now().getTime() + day) });
    const blob = await encrypt(kms, id);
    clock.advance(day - 1);
    assert.deepEqual(await decrypt(kms, blob), Plaintext);
    clock.advance(1);
    const pending = { name: "KMSInvalidStateException", message: `${arn} is pending import.` };
    await assert.rejects(decrypt(kms, blob), pending);
    assert.equal((await describeKey(kms, id)).KeyState, "PendingImport");
    assert.equal((await listRotations(kms, id, all))[0]?.ImportState, "PENDING_IMPORT");
    await store.purge();
    const row = await stored.db.selectFrom("kms_key_materials").select("sealed").executeTakeFirstOrThrow();
    assert.equal(row.sealed, null);
    assert.equal(store.materials.held(), 0);
    await assert.rejects(decrypt(kms, blob), pending);
    await importMaterial(kms, id, material);
    assert.deepEqual(await decrypt(kms, blob), Plaintext);
  });

  test(`Other processes forget deleted material with their next purge (${database.name})`, async () => {
    await using opened = await openKms(database);
    const other = opened.another();
    const [{ id }, kept, removed] = [
      await createKey(opened.kms, external),
      await createKey(opened.kms),
      await createKey(opened.kms),
    ];
    await importMaterial(opened.kms, id, randomBytes(32));
    for (const key of [id, kept.id, removed.id]) await encrypt(other.kms, key);
    assert.equal(other.store.materials.held(), 3);
    await opened.kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    await opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId: removed.id, PendingWindowInDays: 7 }));
    opened.clock.advance(7 * day);
    await opened.store.purge();
    await other.store.purge();
    assert.equal(other.store.materials.held(), 1);
    await encrypt(other.kms, kept.id);
  });

  test(`Material that waits for a rotation can be deleted and replaced (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id } = await createKey(kms, external);
    await importMaterial(kms, id, randomBytes(32));
    const isNew = { ImportType: "NEW_KEY_MATERIAL" } as const;
    const dropped = await importMaterial(kms, id, randomBytes(32), isNew);
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id, KeyMaterialId: dropped.KeyMaterialId! }));
    assert.equal((await describeKey(kms, id)).KeyState, "Enabled");
    await importMaterial(kms, id, randomBytes(32), { ...isNew, ValidTo: new Date(clock.now().getTime() + day) });
    assert.equal((await listRotations(kms, id, all)).length, 2);
    clock.advance(day);
    assert.equal((await listRotations(kms, id, all)).length, 1);
    assert.equal((await describeKey(kms, id)).KeyState, "Enabled");
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), /No available key material/);
    const last = await importMaterial(kms, id, randomBytes(32), isNew);
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    assert.equal((await describeKey(kms, id)).CurrentKeyMaterialId, last.KeyMaterialId);
    assert.equal((await listRotations(kms, id, all)).length, 2);
    assert.deepEqual(await decrypt(kms, await encrypt(kms, id)), Plaintext);
  });
}

test("Operations of imported material refuse a key that has its own", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id, arn } = await createKey(kms);
  const other = await createKey(kms, external);
  const message = `${arn} origin is AWS_KMS which is not valid for this operation.`;
  const refused = { name: "UnsupportedOperationException", message };
  const parameters = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" } as const;
  await assert.rejects(kms.send(new GetParametersForImportCommand({ KeyId: id, ...parameters })), refused);
  await assert.rejects(kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id })), refused);
  const wrapped = await wrappedFor(kms, other.id, randomBytes(32));
  const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
  await assert.rejects(kms.send(new ImportKeyMaterialCommand({ ...wrapped, KeyId: id, ExpirationModel })), refused);
});

test("Neither imported material nor a wrapping key stands in the database or in a token", async () => {
  await using opened = await openKms();
  const { id } = await createKey(opened.kms, external);
  const material = randomBytes(32);
  const { ImportToken } = await wrappedFor(opened.kms, id, material);
  await importMaterial(opened.kms, id, material);
  const rows = await opened.database.db.selectFrom("kms_key_materials").selectAll().execute();
  const stored = Buffer.concat(rows.map(({ sealed }) => Buffer.from(sealed!)));
  assert.equal(stored.includes(material), false);
  // The beginning of every RSA private key in PKCS #8.
  assert.equal(Buffer.from(ImportToken).includes(Buffer.from("020100300d06092a864886f70d010101", "hex")), false);
  assert.equal(Buffer.from(ImportToken).includes("RSAES"), false);
});
