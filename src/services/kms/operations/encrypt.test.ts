import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CreateKeyCommand,
  DecryptCommand,
  type DecryptCommandInput,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateRandomCommand,
  KMSClient,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases, type TestDatabase } from "../../../../test/support/databases.ts";
import { inProcess } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { kmsService, kmsStore } from "../index.ts";
import { untold } from "../kms.fixture.ts";

const Plaintext = Buffer.from("a secret");
const EncryptionContext = { purpose: "test", tenant: "a" };
const invalidCiphertext = { name: "InvalidCiphertextException" };
const unknownKey = {
  name: "AccessDeniedException",
  message:
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
};

async function openKms(testDatabase: TestDatabase = databases()[0]!) {
  const database = await testDatabase.open();
  const clock = fakeClock();
  const rootKey = randomBytes(32);
  const service = () => {
    const store = kmsStore(database, keyring(rootKey), clock, randomIds, untold);
    return kmsService({ store, authorize: async () => undefined });
  };
  const wire = inProcess([service()], { clock });
  const kms = new KMSClient(wire);
  const create = async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn! };
  };
  return {
    kms,
    create,
    clock,
    elsewhere: new KMSClient({ ...wire, region: "eu-west-1" }),
    /** The same database as another process has it, with nothing in memory. */
    restarted: () => new KMSClient(inProcess([service()], { clock })),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

for (const database of databases()) {
  test(`Decrypt gives back what Encrypt took, also after a restart (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await opened.create();
    const encrypted = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionContext }));
    assert.equal(encrypted.KeyId, arn);
    assert.equal(encrypted.EncryptionAlgorithm, "SYMMETRIC_DEFAULT");
    const { CiphertextBlob } = encrypted;
    const context = { tenant: "a", purpose: "test" };
    for (const kms of [opened.kms, opened.restarted()]) {
      for (const KeyId of [undefined, id, arn]) {
        const input: DecryptCommandInput = { CiphertextBlob, EncryptionContext: context, ...(KeyId && { KeyId }) };
        const decrypted = await kms.send(new DecryptCommand(input));
        assert.deepEqual(Buffer.from(decrypted.Plaintext!), Plaintext);
        assert.equal(decrypted.KeyId, arn);
      }
    }
  });

  test(`Encrypt and Decrypt refuse a disabled key and one that is about to be deleted (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id, arn } = await opened.create();
    const encrypt = () => kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
    const { CiphertextBlob } = await encrypt();
    const decrypt = () => kms.send(new DecryptCommand({ CiphertextBlob }));
    await kms.send(new DisableKeyCommand({ KeyId: id }));
    for (const use of [encrypt, decrypt]) {
      await assert.rejects(use(), { name: "DisabledException", message: `${arn} is disabled.` });
    }
    await kms.send(new EnableKeyCommand({ KeyId: id }));
    await decrypt();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    for (const use of [encrypt, decrypt]) {
      await assert.rejects(use(), { name: "KMSInvalidStateException", message: `${arn} is pending deletion.` });
    }
    opened.clock.advance(7 * 24 * 60 * 60 * 1000);
    await assert.rejects(decrypt(), unknownKey);
    await assert.rejects(encrypt(), { name: "NotFoundException", message: `Key '${arn}' does not exist` });
  });
}

test("Decrypt answers InvalidCiphertextException for a blob with any bit flipped, shortened or lengthened", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionContext }));
  const blob = CiphertextBlob!;
  const refuse = (tampered: Uint8Array, what: string) =>
    assert.rejects(
      opened.kms.send(new DecryptCommand({ CiphertextBlob: tampered, EncryptionContext })),
      invalidCiphertext,
      what,
    );
  for (let bit = 0; bit < blob.length * 8; bit++) {
    const tampered = Uint8Array.from(blob);
    tampered[bit >> 3]! ^= 1 << (bit & 7);
    await refuse(tampered, `bit ${bit}`);
  }
  for (let length = 1; length < blob.length; length++) await refuse(blob.subarray(0, length), `${length} bytes`);
  await refuse(Buffer.concat([blob, Buffer.of(0)]), "a byte more");
});

test("Decrypt answers InvalidCiphertextException for another context and garbage, and hides other regions", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionContext }));
  for (const input of [
    { CiphertextBlob },
    { CiphertextBlob, EncryptionContext: { ...EncryptionContext, tenant: "b" } },
    { CiphertextBlob: randomBytes(80), EncryptionContext },
    { CiphertextBlob: Buffer.of(0), EncryptionContext, KeyId: id },
  ]) {
    await assert.rejects(opened.kms.send(new DecryptCommand(input)), invalidCiphertext);
  }
  await assert.rejects(opened.elsewhere.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })), unknownKey);
});

test("Decrypt answers IncorrectKeyException where the named key did not encrypt", async () => {
  await using opened = await openKms();
  const [key, other] = [await opened.create(), await opened.create()];
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: key.id, Plaintext }));
  await assert.rejects(opened.kms.send(new DecryptCommand({ CiphertextBlob, KeyId: other.arn })), {
    name: "IncorrectKeyException",
    message: "The key ID in the request does not identify a CMK that can perform this operation.",
  });
});

test("Decrypt asks for a ciphertext", async () => {
  await using opened = await openKms();
  await assert.rejects(opened.kms.send(new DecryptCommand({})), {
    name: "ValidationException",
    message:
      "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
  });
});

test("Encrypt makes another ciphertext each time, in which the plaintext does not show", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const blobs = new Set<string>();
  for (let count = 0; count < 20; count++) {
    const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
    assert.equal(Buffer.from(CiphertextBlob!).includes(Plaintext), false);
    blobs.add(Buffer.from(CiphertextBlob!).toString("hex"));
  }
  assert.equal(blobs.size, 20);
});

for (const [input, length] of [
  [{ KeySpec: "AES_256" }, 32],
  [{ KeySpec: "AES_128" }, 16],
  [{ NumberOfBytes: 5 }, 5],
] as const) {
  test(`GenerateDataKey gives a key of ${length} bytes in clear and encrypted`, async () => {
    await using opened = await openKms();
    const { id, arn } = await opened.create();
    const made = await opened.kms.send(new GenerateDataKeyCommand({ KeyId: id, ...input, EncryptionContext }));
    assert.equal(made.KeyId, arn);
    assert.equal(made.Plaintext?.length, length);
    const { CiphertextBlob } = made;
    const { Plaintext: decrypted } = await opened.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    assert.deepEqual(decrypted, made.Plaintext);
    const hidden = await opened.kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: id, ...input }));
    assert.equal("Plaintext" in hidden, false);
    const shown = await opened.kms.send(new DecryptCommand({ CiphertextBlob: hidden.CiphertextBlob }));
    assert.equal(shown.Plaintext?.length, length);
    assert.notDeepEqual(shown.Plaintext, made.Plaintext);
  });
}

for (const input of [{}, { KeySpec: "AES_256", NumberOfBytes: 32 }] as const) {
  test(`GenerateDataKey refuses the lengths ${JSON.stringify(input)}, before it looks for the key`, async () => {
    await using opened = await openKms();
    for (const Command of [GenerateDataKeyCommand, GenerateDataKeyWithoutPlaintextCommand]) {
      await assert.rejects(opened.kms.send(new Command({ KeyId: "foo", ...input })), {
        name: "ValidationException",
        message: "Please specify either number of bytes or key spec.",
      });
    }
  });
}

test("GenerateRandom gives as many bytes as asked for", async () => {
  await using opened = await openKms();
  const first = await opened.kms.send(new GenerateRandomCommand({ NumberOfBytes: 24 }));
  const second = await opened.kms.send(new GenerateRandomCommand({ NumberOfBytes: 24 }));
  assert.equal(first.Plaintext?.length, 24);
  assert.notDeepEqual(first.Plaintext, second.Plaintext);
  await assert.rejects(opened.kms.send(new GenerateRandomCommand({})), {
    name: "ValidationException",
    message: "NumberOfBytes is required.",
  });
});

test("ReEncrypt moves a ciphertext to another key and context", async () => {
  await using opened = await openKms();
  const [source, destination] = [await opened.create(), await opened.create()];
  const { CiphertextBlob } = await opened.kms.send(
    new EncryptCommand({ KeyId: source.id, Plaintext, EncryptionContext }),
  );
  const moved = await opened.kms.send(
    new ReEncryptCommand({
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: destination.id,
      DestinationEncryptionContext: { to: "b" },
    }),
  );
  assert.equal(moved.SourceKeyId, source.arn);
  assert.equal(moved.KeyId, destination.arn);
  const decrypted = await opened.kms.send(
    new DecryptCommand({
      CiphertextBlob: moved.CiphertextBlob,
      KeyId: destination.id,
      EncryptionContext: { to: "b" },
    }),
  );
  assert.deepEqual(Buffer.from(decrypted.Plaintext!), Plaintext);
  await assert.rejects(
    opened.kms.send(
      new ReEncryptCommand({ CiphertextBlob, SourceKeyId: destination.id, DestinationKeyId: destination.id }),
    ),
    { name: "IncorrectKeyException" },
  );
});

test("A dry run answers DryRunOperationException when all is well and the true error when it is not", async () => {
  await using opened = await openKms();
  const { id, arn } = await opened.create();
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
  const dry = () => [
    new EncryptCommand({ KeyId: id, Plaintext, DryRun: true }),
    new DecryptCommand({ CiphertextBlob, DryRun: true }),
    new GenerateDataKeyCommand({ KeyId: id, KeySpec: "AES_256", DryRun: true }),
    new GenerateDataKeyWithoutPlaintextCommand({ KeyId: id, KeySpec: "AES_256", DryRun: true }),
    new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: id, DryRun: true }),
  ];
  for (const command of dry()) {
    await assert.rejects(opened.kms.send(command as EncryptCommand), {
      name: "DryRunOperationException",
      message: "The request would have succeeded, but the DryRun option is set.",
    });
  }
  await opened.kms.send(new DisableKeyCommand({ KeyId: id }));
  for (const command of dry()) {
    await assert.rejects(opened.kms.send(command as EncryptCommand), { message: `${arn} is disabled.` });
  }
});

test("Encrypt refuses an algorithm of other keys, and no operation answers in clear to an enclave", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  await assert.rejects(
    opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionAlgorithm: "RSAES_OAEP_SHA_1" })),
    {
      name: "InvalidKeyUsageException",
      message: "Algorithm RSAES_OAEP_SHA_1 is incompatible with key spec SYMMETRIC_DEFAULT.",
    },
  );
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
  const Recipient = { KeyEncryptionAlgorithm: "RSAES_OAEP_SHA_256", AttestationDocument: Buffer.of(1) } as const;
  for (const command of [
    new DecryptCommand({ CiphertextBlob, Recipient }),
    new GenerateDataKeyCommand({ KeyId: id, KeySpec: "AES_256", Recipient }),
    new GenerateRandomCommand({ NumberOfBytes: 8, Recipient }),
  ]) {
    await assert.rejects(opened.kms.send(command as DecryptCommand), { name: "UnsupportedOperationException" });
  }
});
