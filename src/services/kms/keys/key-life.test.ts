import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  ImportKeyMaterialCommand,
  type KMSClient,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand,
} from "@aws-sdk/client-kms";
import { databases, type TestDatabase } from "../../../../test/support/databases.ts";
import { createKey, day, describeKey, listRotations, openKms } from "../kms.fixture.ts";
import { newKeyPair } from "../materials/new-material.ts";
import { wrap } from "../materials/wrapping.fixture.ts";

/** Lives that a test plays; more of them with `--deep`. */
const lives = process.env.SEALIFT_DEEP ? 8 : 2;
/** Steps that a key survives. */
const frequent = [0, 0, 1, 2, 6, 6, 9, 9, 10, 10, 11, 12];
const regions = ["us-east-1", "eu-west-1", "ap-southeast-2"];
const wrapping = await newKeyPair("RSA_2048");
const materials = Array.from({ length: 4 }, () => randomBytes(32));

/** The same numbers from the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    // https://en.wikipedia.org/wiki/Linear_congruential_generator
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Does random things to a multi-Region key, and after each looks whether what must hold does. Gives what every step
 * answered: to the same steps both databases answer the same.
 */
async function live(database: TestDatabase, seed: number, isImported: boolean): Promise<string[]> {
  await using opened = await openKms(database);
  const { store, clock } = opened;
  const pick = numbers(seed);
  const clients = new Map(regions.map((region) => [region, opened.kmsIn(region)]));
  const { id } = await createKey(opened.kms, { MultiRegion: true, Origin: isImported ? "EXTERNAL" : "AWS_KMS" });
  /** A ciphertext of each material. */
  const blobs = new Map<string, Uint8Array>();
  const steps: ((kms: KMSClient, region: string) => Promise<unknown>)[] = [
    (kms) => kms.send(new RotateKeyOnDemandCommand({ KeyId: id })),
    (kms) => kms.send(new ReplicateKeyCommand({ KeyId: id, ReplicaRegion: regions[pick(3)]! })),
    (kms) => kms.send(new UpdatePrimaryRegionCommand({ KeyId: id, PrimaryRegion: regions[pick(3)]! })),
    (kms) => kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 })),
    (kms) => kms.send(new CancelKeyDeletionCommand({ KeyId: id })),
    (kms) => kms.send(new DisableKeyCommand({ KeyId: id })),
    (kms) => kms.send(new EnableKeyCommand({ KeyId: id })),
    (kms) => kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 })),
    (kms) => kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id })),
    (kms, region) => importInto(kms, region, pick(2) === 0 ? "NEW_KEY_MATERIAL" : "EXISTING_KEY_MATERIAL"),
    (kms, region) => importInto(kms, region, undefined),
    (kms, region) => importInto(kms, region, pick(2) === 0 ? "NEW_KEY_MATERIAL" : undefined),
    async () => clock.advance((1 + pick(4)) * day),
    () => store.purge(),
  ];

  function importInto(
    kms: KMSClient,
    region: string,
    ImportType: "NEW_KEY_MATERIAL" | "EXISTING_KEY_MATERIAL" | undefined,
  ) {
    const validTo = new Date(clock.now().getTime() + day);
    const { privateKey, publicKey } = wrapping;
    const token = { validTo, algorithm: "RSAES_OAEP_SHA_256", privateKey: Uint8Array.from(privateKey) } as const;
    const expires = pick(3) === 0;
    return kms.send(
      new ImportKeyMaterialCommand({
        KeyId: id,
        ImportToken: store.imports.tokens.seal({ region, id }, token),
        EncryptedKeyMaterial: wrap(publicKey, "RSAES_OAEP_SHA_256", materials[pick(materials.length)]!),
        ExpirationModel: expires ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE",
        ...(expires && { ValidTo: new Date(clock.now().getTime() + (1 + pick(6)) * day) }),
        ...(ImportType && { ImportType }),
      }),
    );
  }

  /** Checks that a region is consistent, and gives a summary of it. */
  async function look(region: string): Promise<string> {
    const kms = clients.get(region)!;
    const shown = await describeKey(kms, id).catch((error: Error) => error.name);
    if (typeof shown === "string") return shown;
    const all = await listRotations(kms, id, { IncludeKeyMaterial: "ALL_KEY_MATERIAL" });
    const current = all.filter(({ KeyMaterialState }) => KeyMaterialState === "CURRENT");
    assert.deepEqual(
      current.map(({ KeyMaterialId }) => KeyMaterialId),
      [shown.CurrentKeyMaterialId].flatMap((one) => one ?? []),
    );
    assert.equal(new Set(all.map(({ KeyMaterialId }) => KeyMaterialId)).size, all.length);
    const used = all.filter(({ KeyMaterialState: state }) => state === "CURRENT" || state === "NON_CURRENT");
    const lacks = isImported && (used.length === 0 || used.some(({ ImportState }) => ImportState !== "IMPORTED"));
    if (shown.KeyState === "Enabled" || shown.KeyState === "Disabled") assert.equal(lacks, false);
    if (shown.KeyState === "PendingImport") assert.equal(lacks, true);
    if (shown.KeyState === "Enabled") {
      const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: id, Plaintext: Buffer.from("x") }));
      blobs.set(shown.CurrentKeyMaterialId!, CiphertextBlob!);
      for (const blob of blobs.values()) await kms.send(new DecryptCommand({ CiphertextBlob: blob }));
    }
    return `${shown.KeyState} ${shown.MultiRegionConfiguration!.MultiRegionKeyType} ${all.map(({ KeyMaterialState, ImportState }) => `${KeyMaterialState} ${ImportState}`)}`;
  }

  const answers: string[] = [];
  for (let step = 0; step < 80; step++) {
    // Deletions are rare: they end most of it.
    const index = pick(4) > 0 ? frequent[pick(frequent.length)]! : pick(steps.length);
    const region = pick(2) === 0 ? regions[0]! : regions[pick(3)]!;
    const answer = await steps[index]!(clients.get(region)!, region).then(
      () => "ok",
      (error: Error) => error.name,
    );
    // In `inProcess`, what is no answer of KMS's is an Error.
    assert.notEqual(answer, "Error", `step ${step}`);
    const views = [];
    for (const each of regions) views.push(await look(each));
    answers.push(`${index} ${region}: ${answer}; ${views.join("; ")}`);
  }
  return answers;
}

for (const isImported of [false, true]) {
  test(`A multi-Region key ${isImported ? "of imported material " : ""}holds together whatever is done to it`, async (t) => {
    const first = randomInt(2 ** 31);
    for (let seed = first; seed < first + lives; seed++) {
      t.diagnostic(`seed ${seed}`);
      const answers = [];
      for (const database of databases()) answers.push(await live(database, seed, isImported));
      for (const other of answers.slice(1)) assert.deepEqual(other, answers[0]);
    }
  });
}
