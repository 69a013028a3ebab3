import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  type AlgorithmSpec,
  type CreateKeyCommandInput,
  DeleteImportedKeyMaterialCommand,
  DisableKeyCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type KeySpec,
  type KeyUsageType,
  type WrappingKeySpec,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, decrypt, describeKey, encrypt, listRotations, openKms, Plaintext } from "../kms.fixture.ts";
import { importMaterial, wrappedFor } from "../materials/wrapping.fixture.ts";

const external: CreateKeyCommandInput = { Origin: "EXTERNAL" };
const all = { IncludeKeyMaterial: "ALL_KEY_MATERIAL" } as const;
for (const database of databases()) {
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
    await using opened = await openKms();
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
    await using opened = await openKms();
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
    await using opened = await openKms();
    const { id } = await createKey(opened.kms, { ...external, KeySpec: spec, KeyUsage: usage });
    await assert.rejects(importMaterial(opened.kms, id, make(), { algorithm }), {
      name: "IncorrectKeyMaterialException",
    });
    assert.equal((await describeKey(opened.kms, id)).KeyState, "PendingImport");
  });
}

test("ImportKeyMaterial refuses a changed token, an old one, and other bytes", async () => {
  await using opened = await openKms();
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
  await using opened = await openKms();
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
    await using opened = await openKms();
    const { id } = await createKey(opened.kms, external);
    const wrapped = await wrappedFor(opened.kms, id, randomBytes(32));
    const command = new ImportKeyMaterialCommand({ ...wrapped, ...input(opened.clock.now().getTime()) });
    await assert.rejects(opened.kms.send(command), { name: "ValidationException", message });
  });
}
