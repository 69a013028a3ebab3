import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CreateKeyCommandInput,
  DecryptCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyLastUsageCommand,
  type KeyLastUsageTrackingOperation,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testCall } from "../../../../test/support/in-process.ts";
import { day, encrypt, type OpenKms, openKms, Plaintext } from "../kms.fixture.ts";

for (const database of databases()) {
  const { name } = database;

  test(`An earlier use that is written late does not replace a later one (${name})`, async () => {
    await using opened = await openKms(database);
    const { id: KeyId } = await opened.create();
    await opened.kms.send(new EncryptCommand({ KeyId, Plaintext }));
    opened.clock.advance(1000);
    const other = opened.another();
    await other.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }));
    await other.store.usages.write();
    const { KeyLastUsage } = await opened.kms.send(new GetKeyLastUsageCommand({ KeyId }));
    assert.equal(KeyLastUsage?.Operation, "GenerateDataKey");
  });

  test(`ReEncrypt counts as a use of both keys, a refused call or a dry run as no use, a service's call as a use (${name})`, async () => {
    await using opened = await openKms(database);
    const [from, to] = [await opened.create(), await opened.create()];
    const lastOf = async (KeyId: string) =>
      (await opened.kms.send(new GetKeyLastUsageCommand({ KeyId }))).KeyLastUsage?.Operation;
    const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: from.id, Plaintext }));
    await assert.rejects(opened.kms.send(new EncryptCommand({ KeyId: to.id, Plaintext, DryRun: true })));
    await assert.rejects(
      opened.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { not: "that" }, KeyId: from.id })),
    );
    assert.deepEqual([await lastOf(from.id), await lastOf(to.id)], ["Encrypt", undefined]);
    await opened.kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: to.id }));
    assert.deepEqual([await lastOf(from.id), await lastOf(to.id)], ["ReEncrypt", "ReEncrypt"]);

    const { encryption } = opened;
    const encryptionContext = { SecretARN: "arn" };
    const request = { service: "secretsmanager", keyId: to.id, plaintext: Plaintext, encryptionContext } as const;
    const { ciphertext } = await encryption.encrypt(testCall(opened.clock), request);
    assert.equal(await lastOf(to.id), "GenerateDataKey");
    await encryption.decrypt(testCall(opened.clock), { service: "secretsmanager", ciphertext, encryptionContext });
    assert.equal(await lastOf(to.id), "Decrypt");
  });

  test(`A deleted key's use is deleted, and a late use of it is not written (${name})`, async () => {
    await using opened = await openKms(database);
    const { id: KeyId } = await opened.create();
    await opened.kms.send(new EncryptCommand({ KeyId, Plaintext }));
    await opened.store.usages.write();
    await opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    const key = (await opened.store.keys.find("us-east-1", KeyId))!;
    opened.clock.advance(8 * day);
    await opened.store.purge();
    opened.store.usages.note(key, "Encrypt", { requestId: "late", eventId: "late event" });
    await opened.store.usages.write();
    assert.deepEqual(await opened.database.db.selectFrom("kms_key_usages").selectAll().execute(), []);
  });
}

test("DisableKey and ScheduleKeyDeletion give policies the days since the key was last used", async () => {
  await using opened = await openKms();
  const { id: KeyId } = await opened.create();
  const daysAsked = () => opened.asked.at(-1)?.conditions?.["kms:TrailingDaysWithoutKeyUsage"];
  await opened.kms.send(new DisableKeyCommand({ KeyId }));
  assert.equal(daysAsked(), undefined);
  const used = await opened.create();
  await opened.kms.send(new EncryptCommand({ KeyId: used.id, Plaintext }));
  opened.clock.advance(3 * day - 1);
  await opened.kms.send(new DisableKeyCommand({ KeyId: used.id }));
  assert.equal(daysAsked(), "2");
  opened.clock.advance(1);
  await opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId: used.id }));
  assert.equal(daysAsked(), "3");
});

const pair = { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" } as const;
const hmac = { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" } as const;
const kem = { KeySpec: "ML_KEM_512", KeyUsage: "ENCAPSULATE_DECAPSULATE" } as const;
const agreement = { KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" } as const;
const signed = { SigningAlgorithm: "ECDSA_SHA_256", Message: Plaintext } as const;
const authenticated = { MacAlgorithm: "HMAC_SHA_256", Message: Plaintext } as const;
const EncapsulationAlgorithm = "ML_KEM";

/** The operations whose use of a key counts, each with the kind of key that it uses. */
const tracked: Readonly<
  Record<KeyLastUsageTrackingOperation, readonly [CreateKeyCommandInput, (opened: OpenKms, KeyId: string) => unknown]>
> = {
  Decapsulate: [
    kem,
    async ({ kms }, KeyId) => {
      const { SharedSecretCiphertextBlob } = await kms.encapsulate({ KeyId, EncapsulationAlgorithm });
      return kms.decapsulate({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob });
    },
  ],
  Decrypt: [{}, async ({ kms }, KeyId) => kms.decrypt({ CiphertextBlob: await encrypt(kms, KeyId) })],
  DeriveSharedSecret: [
    agreement,
    async ({ kms, publicKey }, KeyId) =>
      kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey: await publicKey(KeyId) }),
  ],
  Encapsulate: [kem, ({ kms }, KeyId) => kms.encapsulate({ KeyId, EncapsulationAlgorithm })],
  Encrypt: [{}, ({ kms }, KeyId) => encrypt(kms, KeyId)],
  GenerateDataKey: [{}, ({ kms }, KeyId) => kms.generateDataKey({ KeyId, KeySpec: "AES_256" })],
  GenerateDataKeyPair: [{}, ({ kms }, KeyId) => kms.generateDataKeyPair({ KeyId, KeyPairSpec: "ECC_NIST_P256" })],
  GenerateDataKeyPairWithoutPlaintext: [
    {},
    ({ kms }, KeyId) => kms.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec: "ECC_NIST_P256" }),
  ],
  GenerateDataKeyWithoutPlaintext: [
    {},
    ({ kms }, KeyId) => kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: "AES_256" }),
  ],
  GenerateMac: [hmac, ({ kms }, KeyId) => kms.generateMac({ KeyId, ...authenticated })],
  ReEncrypt: [
    {},
    async ({ kms }, KeyId) => kms.reEncrypt({ CiphertextBlob: await encrypt(kms, KeyId), DestinationKeyId: KeyId }),
  ],
  Sign: [pair, ({ kms }, KeyId) => kms.sign({ KeyId, ...signed })],
  Verify: [
    pair,
    async ({ kms }, KeyId) => {
      const { Signature } = await kms.sign({ KeyId, ...signed });
      return kms.verify({ KeyId, ...signed, Signature });
    },
  ],
  VerifyMac: [
    hmac,
    async ({ kms }, KeyId) => {
      const { Mac } = await kms.generateMac({ KeyId, ...authenticated });
      return kms.verifyMac({ KeyId, ...authenticated, Mac });
    },
  ],
};

for (const [name, [input, use]] of Object.entries(tracked)) {
  test(`${name} counts as a use of its key`, async () => {
    await using opened = await openKms();
    const { id: KeyId } = await opened.create(input);
    await use(opened, KeyId);
    assert.equal((await opened.kms.getKeyLastUsage({ KeyId })).KeyLastUsage?.Operation, name);
  });
}
