import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  type AlgorithmSpec,
  CancelKeyDeletionCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DisableKeyCommand,
  EncryptCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type KeySpec,
  type KeyUsageType,
  type KMSClient,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  type WrappingKeySpec,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, describeKey, listRotations, openKms } from "../kms.fixture.ts";
import { importMaterial, wrappedFor } from "./wrapping.fixture.ts";

const Plaintext = new Uint8Array(Buffer.from("a secret"));
const external: CreateKeyCommandInput = { Origin: "EXTERNAL" };
const all = { IncludeKeyMaterial: "ALL_KEY_MATERIAL" } as const;

async function encrypt(kms: KMSClient, KeyId: string): Promise<Uint8Array> {
  return (await kms.send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob!;
}

async function decrypt(kms: KMSClient, CiphertextBlob: Uint8Array): Promise<Uint8Array> {
  return (await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext!;
}

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
    const entry = { KeyId: id, KeyMaterialId: imported.KeyMaterialId, KeyMaterialDescription: "the first" };
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

  test(`Material that has expired can be imported again before any purge (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id } = await createKey(kms, external);
    const material = randomBytes(32);
    await importMaterial(kms, id, material, { ValidTo: new Date(clock.now().getTime() + day) });
    clock.advance(2 * day);
    await importMaterial(kms, id, material, { ValidTo: new Date(clock.now().getTime() + day) });
    assert.equal((await describeKey(kms, id)).KeyState, "Enabled");
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
        `^New key material \\(id: [0-9a-f]{64}\\) cannot be imported into KMS key ${id}, ` +
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
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id, KeyMaterialId: one.KeyMaterialId! }));
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

  test(`A key that expects material can be scheduled for deletion and goes back to that (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id, arn } = await createKey(kms, external);
    const cancel = new CancelKeyDeletionCommand({ KeyId: id });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    const refused = { name: "KMSInvalidStateException", message: `${arn} is pending deletion.` };
    const parameters = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" } as const;
    await assert.rejects(kms.send(new GetParametersForImportCommand({ KeyId: id, ...parameters })), refused);
    await kms.send(cancel);
    assert.equal((await describeKey(kms, id)).KeyState, "PendingImport");
    await importMaterial(kms, id, randomBytes(32));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    await kms.send(cancel);
    assert.equal((await describeKey(kms, id)).KeyState, "Disabled");
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    assert.equal((await describeKey(kms, id)).KeyState, "PendingDeletion");
    await kms.send(cancel);
    assert.equal((await describeKey(kms, id)).KeyState, "PendingImport");
  });

  test(`A disabled key stays disabled when its material is imported again (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id } = await createKey(kms, external);
    const material = randomBytes(32);
    await importMaterial(kms, id, material);
    await kms.send(new DisableKeyCommand({ KeyId: id }));
    const ValidTo = new Date(clock.now().getTime() + day);
    await importMaterial(kms, id, material, { ValidTo });
    const { KeyState, ValidTo: shown } = await describeKey(kms, id);
    assert.equal(KeyState, "Disabled");
    assert.deepEqual(shown, ValidTo);
  });

  test(`Imports of the same and of other material at once leave one material (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id } = await createKey(kms, external);
    const other = opened.another();
    const materials = [randomBytes(32), randomBytes(32)];
    const wrapped = await Promise.all(materials.map((material) => wrappedFor(kms, id, material)));
    const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        (index % 3 === 0 ? kms : other.kms).send(
          new ImportKeyMaterialCommand({ ...wrapped[index % 2]!, ExpirationModel }),
        ),
      ),
    );
    const ids = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.KeyMaterialId] : []));
    assert.equal(ids.length, 15);
    assert.equal(new Set(ids).size, 1);
    const rotations = await listRotations(kms, id, all);
    assert.deepEqual(
      rotations.map(({ KeyMaterialId }) => KeyMaterialId),
      [ids[0]],
    );
    assert.deepEqual(await decrypt(other.kms, await encrypt(kms, id)), Plaintext);
  });
}

const wrappings: [AlgorithmSpec, WrappingKeySpec][] = [
  ["RSAES_OAEP_SHA_1", "RSA_2048"],
  ["RSAES_OAEP_SHA_256", "RSA_3072"],
  ["RSAES_OAEP_SHA_256", "RSA_4096"],
];
for (const [algorithm, wrappingKeySpec] of wrappings) {
  test(`Material wrapped by ${algorithm} under ${wrappingKeySpec} is imported, into the key of the token only`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { kms, clock } = opened;
    const { id } = await createKey(kms, external);
    const other = await createKey(kms, external);
    const command = { WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKeySpec };
    const parameters = await kms.send(new GetParametersForImportCommand({ KeyId: id, ...command }));
    assert.equal(parameters.ParametersValidTo?.getTime(), clock.now().getTime() + day);
    assert.ok(parameters.ImportToken!.length <= 6144);
    const wrapped = await wrappedFor(kms, id, randomBytes(32), { algorithm, wrappingKeySpec });
    const input = { ...wrapped, ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" } as const;
    await assert.rejects(kms.send(new ImportKeyMaterialCommand({ ...input, KeyId: other.id })), {
      name: "InvalidImportTokenException",
    });
    // The token of another wrapping key.
    const { ImportToken } = parameters;
    await assert.rejects(kms.send(new ImportKeyMaterialCommand({ ...input, ImportToken: ImportToken! })), {
      name: "InvalidCiphertextException",
    });
    await kms.send(new ImportKeyMaterialCommand(input));
    assert.deepEqual(await decrypt(kms, await encrypt(kms, id)), Plaintext);
  });
}

const der = {
  privateKeyEncoding: { format: "der", type: "pkcs8" },
  publicKeyEncoding: { format: "der", type: "spki" },
};
function pair(type: string, options: object): Buffer {
  // biome-ignore lint/suspicious/noExplicitAny: overloaded by type
  return (generateKeyPairSync as any)(type, { ...options, ...der }).privateKey;
}
const p256 = pair("ec", { namedCurve: "P-256" });

const kinds: [KeySpec, KeyUsageType, AlgorithmSpec, () => Uint8Array][] = [
  ["HMAC_256", "GENERATE_VERIFY_MAC", "RSAES_OAEP_SHA_256", () => randomBytes(32)],
  ["HMAC_512", "GENERATE_VERIFY_MAC", "RSAES_OAEP_SHA_1", () => randomBytes(64)],
  ["ECC_NIST_P256", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", () => pair("ec", { namedCurve: "P-256" })],
  ["ECC_NIST_P521", "KEY_AGREEMENT", "RSA_AES_KEY_WRAP_SHA_1", () => pair("ec", { namedCurve: "P-521" })],
  ["RSA_2048", "ENCRYPT_DECRYPT", "RSA_AES_KEY_WRAP_SHA_256", () => pair("rsa", { modulusLength: 2048 })],
];
for (const [spec, usage, algorithm, make] of kinds) {
  test(`Material is imported into a key of spec ${spec}, and only that again`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { kms, store } = opened;
    const { id } = await createKey(kms, { ...external, KeySpec: spec, KeyUsage: usage });
    const material = make();
    assert.equal((await importMaterial(kms, id, material, { algorithm })).KeyMaterialId, undefined);
    const metadata = await describeKey(kms, id);
    assert.equal(metadata.KeyState, "Enabled");
    assert.equal(metadata.CurrentKeyMaterialId, undefined);
    const stored = (await store.materials.find((await store.keys.find("us-east-1", id))!, 1))!;
    const bytes = stored.type === "secret" ? stored.export() : stored.export({ format: "der", type: "pkcs8" });
    assert.deepEqual(bytes, Buffer.from(material));
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    assert.equal((await describeKey(kms, id)).KeyState, "PendingImport");
    await assert.rejects(importMaterial(kms, id, make(), { algorithm }), { name: "IncorrectKeyMaterialException" });
    await importMaterial(kms, id, material, { algorithm });
    assert.equal((await describeKey(kms, id)).KeyState, "Enabled");
    for (const input of [{ ImportType: "NEW_KEY_MATERIAL" }, { KeyMaterialDescription: "x" }] as const) {
      await assert.rejects(importMaterial(kms, id, material, { algorithm, ...input }), { name: "ValidationException" });
    }
  });
}

const wrongMaterials: [string, KeySpec, KeyUsageType, AlgorithmSpec, () => Uint8Array][] = [
  ["no bytes", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_OAEP_SHA_256", () => Buffer.alloc(0)],
  ["31 bytes", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_OAEP_SHA_256", () => randomBytes(31)],
  ["33 bytes", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_OAEP_SHA_256", () => randomBytes(33)],
  ["32 bytes", "HMAC_384", "GENERATE_VERIFY_MAC", "RSAES_OAEP_SHA_256", () => randomBytes(32)],
  ["no key", "ECC_NIST_P256", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", () => randomBytes(100)],
  ["a key of another curve", "ECC_SECG_P256K1", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", () => p256],
  ["a pair of another kind", "RSA_2048", "SIGN_VERIFY", "RSA_AES_KEY_WRAP_SHA_256", () => p256],
  [
    "a smaller RSA key",
    ...(["RSA_3072", "SIGN_VERIFY", "RSA_AES_KEY_WRAP_SHA_256"] as const),
    () => pair("rsa", { modulusLength: 2048 }),
  ],
  [
    "a private key that is not that of its public half",
    ...(["ECC_NIST_P256", "SIGN_VERIFY", "RSAES_OAEP_SHA_256"] as const),
    () => {
      const mixed = Buffer.from(p256);
      pair("ec", { namedCurve: "P-256" }).copy(mixed, mixed.length - 64, p256.length - 64);
      return mixed;
    },
  ],
];
for (const [what, spec, usage, algorithm, make] of wrongMaterials) {
  test(`ImportKeyMaterial refuses ${what} for a key of spec ${spec}`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { id } = await createKey(opened.kms, { ...external, KeySpec: spec, KeyUsage: usage });
    await assert.rejects(importMaterial(opened.kms, id, make(), { algorithm }), {
      name: "IncorrectKeyMaterialException",
    });
    assert.equal((await describeKey(opened.kms, id)).KeyState, "PendingImport");
  });
}

const wrongWrappings: [KeySpec, KeyUsageType, AlgorithmSpec, WrappingKeySpec][] = [
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_PKCS1_V1_5", "RSA_2048"],
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048"],
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "SM2PKE", "SM2"],
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_OAEP_SHA_256", "SM2"],
  ["HMAC_256", "GENERATE_VERIFY_MAC", "RSA_AES_KEY_WRAP_SHA_1", "RSA_4096"],
  ["RSA_2048", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", "RSA_4096"],
  ["ECC_NIST_P521", "SIGN_VERIFY", "RSAES_OAEP_SHA_1", "RSA_2048"],
];
for (const [spec, usage, WrappingAlgorithm, WrappingKeySpec] of wrongWrappings) {
  test(`GetParametersForImport refuses ${WrappingAlgorithm} with ${WrappingKeySpec} for a key of spec ${spec}`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { id } = await createKey(opened.kms, { ...external, KeySpec: spec, KeyUsage: usage });
    const command = new GetParametersForImportCommand({ KeyId: id, WrappingAlgorithm, WrappingKeySpec });
    await assert.rejects(opened.kms.send(command), { name: "UnsupportedOperationException" });
  });
}

test("ImportKeyMaterial refuses a token that is changed, old, or none", async () => {
  await using opened = await openKms(databases()[0]!);
  const { kms, clock } = opened;
  const { id } = await createKey(kms, external);
  const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE" as const;
  const input = { ...(await wrappedFor(kms, id, randomBytes(32))), ExpirationModel };
  const changed = Uint8Array.from(input.ImportToken);
  changed[20]! ^= 1;
  for (const ImportToken of [changed, input.ImportToken.subarray(1), Buffer.of(0), randomBytes(6144)]) {
    await assert.rejects(kms.send(new ImportKeyMaterialCommand({ ...input, ImportToken })), {
      name: "InvalidImportTokenException",
    });
  }
  for (const EncryptedKeyMaterial of [Buffer.of(0), randomBytes(256), randomBytes(6144)]) {
    await assert.rejects(kms.send(new ImportKeyMaterialCommand({ ...input, EncryptedKeyMaterial })), {
      name: "InvalidCiphertextException",
    });
  }
  clock.advance(day);
  await assert.rejects(kms.send(new ImportKeyMaterialCommand(input)), { name: "ExpiredImportTokenException" });
});

test("ImportKeyMaterial refuses a wrapped AES key without material, or with another's", async () => {
  await using opened = await openKms(databases()[0]!);
  const { kms } = opened;
  const { id } = await createKey(kms, { ...external, KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const algorithm = "RSA_AES_KEY_WRAP_SHA_256";
  const { EncryptedKeyMaterial: wrapped, ...rest } = await wrappedFor(kms, id, p256, { algorithm });
  const changed = Uint8Array.from(wrapped);
  changed[300]! ^= 1;
  for (const EncryptedKeyMaterial of [
    wrapped.subarray(0, 256),
    wrapped.subarray(0, 264),
    changed,
    wrapped.subarray(8),
  ]) {
    const input = { ...rest, EncryptedKeyMaterial, ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" } as const;
    await assert.rejects(kms.send(new ImportKeyMaterialCommand(input)), { name: "InvalidCiphertextException" });
  }
});

const expirations: [string, (now: number) => Partial<ImportKeyMaterialCommandInput>, RegExp][] = [
  ["no date", () => ({}), /^A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES$/],
  [
    "a date for material that does not expire",
    (now) => ({ ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE", ValidTo: new Date(now + day) }),
    /must not be set/,
  ],
  ["a date that has passed", (now) => ({ ValidTo: new Date(now) }), /in the future/],
  ["a date in more than a year", (now) => ({ ValidTo: new Date(now + 366 * day) }), /within 365 days/],
  [
    "an id for new material",
    () => ({
      ...{ ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE", ImportType: "NEW_KEY_MATERIAL" },
      KeyMaterialId: "0".repeat(64),
    }),
    /KeyMaterialId/,
  ],
];
for (const [what, input, message] of expirations) {
  test(`ImportKeyMaterial refuses ${what}`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { id } = await createKey(opened.kms, external);
    const wrapped = await wrappedFor(opened.kms, id, randomBytes(32));
    const command = new ImportKeyMaterialCommand({ ...wrapped, ...input(opened.clock.now().getTime()) });
    await assert.rejects(opened.kms.send(command), { name: "ValidationException", message });
  });
}

test("Operations of imported material refuse a key that has its own", async () => {
  await using opened = await openKms(databases()[0]!);
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

test("DeleteImportedKeyMaterial does nothing where there is nothing, and refuses an unknown id", async () => {
  await using opened = await openKms(databases()[0]!);
  const { id, arn } = await createKey(opened.kms, external);
  assert.equal((await opened.kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }))).KeyId, arn);
  const command = new DeleteImportedKeyMaterialCommand({ KeyId: id, KeyMaterialId: "0".repeat(64) });
  await assert.rejects(opened.kms.send(command), { name: "NotFoundException" });
});

test("Neither imported material nor a wrapping key stands in the database or in a token", async () => {
  await using opened = await openKms(databases()[0]!);
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
