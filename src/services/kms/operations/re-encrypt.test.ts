import assert from "node:assert/strict";
import { test } from "node:test";
import { DecryptCommand, EncryptCommand, ReEncryptCommand } from "@aws-sdk/client-kms";
import { denied, openPolicies, role } from "../keys/policies.fixture.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";

const EncryptionContext = { purpose: "test", tenant: "a" };
const rsa = { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" } as const;

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
  assert.deepEqual(decrypted.Plaintext, Plaintext);
  await assert.rejects(
    opened.kms.send(
      new ReEncryptCommand({ CiphertextBlob, SourceKeyId: destination.id, DestinationKeyId: destination.id }),
    ),
    { name: "IncorrectKeyException" },
  );
});

test("ReEncrypt moves a ciphertext from an RSA key to a symmetric one and back", async () => {
  await using opened = await openKms();
  const [pair, symmetric] = [await opened.create(rsa), await opened.create()];
  const EncryptionAlgorithm = "RSAES_OAEP_SHA_256";
  const first = await opened.kms.send(new EncryptCommand({ KeyId: pair.id, EncryptionAlgorithm, Plaintext }));
  const moved = await opened.kms.send(
    new ReEncryptCommand({
      CiphertextBlob: first.CiphertextBlob,
      SourceKeyId: pair.id,
      SourceEncryptionAlgorithm: EncryptionAlgorithm,
      DestinationKeyId: symmetric.id,
      DestinationEncryptionContext: { a: "b" },
    }),
  );
  assert.equal(moved.SourceEncryptionAlgorithm, EncryptionAlgorithm);
  assert.equal(moved.DestinationEncryptionAlgorithm, "SYMMETRIC_DEFAULT");
  const back = await opened.kms.send(
    new ReEncryptCommand({
      CiphertextBlob: moved.CiphertextBlob,
      SourceEncryptionContext: { a: "b" },
      DestinationKeyId: pair.id,
      DestinationEncryptionAlgorithm: "RSAES_OAEP_SHA_1",
    }),
  );
  const [from, to] = opened.asked.slice(-2);
  assert.equal(from?.conditions?.["kms:EncryptionAlgorithm"], "SYMMETRIC_DEFAULT");
  assert.equal(to?.conditions?.["kms:EncryptionAlgorithm"], "RSAES_OAEP_SHA_1");
  const decrypted = await opened.kms.send(
    new DecryptCommand({
      KeyId: pair.id,
      CiphertextBlob: back.CiphertextBlob,
      EncryptionAlgorithm: "RSAES_OAEP_SHA_1",
    }),
  );
  assert.deepEqual(decrypted.Plaintext, Plaintext);
});

test("ReEncrypt needs permission at both keys", async () => {
  await using opened = await openPolicies();
  const { kms, caller } = opened;
  const [source, destination] = [await opened.create(), await opened.create()];
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: source.id, Plaintext }));
  const command = () => kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: destination.id }));
  const from = { Effect: "Allow", Action: "kms:ReEncryptFrom", Resource: source.arn };
  const to = { Effect: "Allow", Action: "kms:ReEncryptTo", Resource: destination.arn };
  caller.principal = role;
  caller.identity = [to];
  await assert.rejects(command(), denied(role, "kms:ReEncryptFrom", source.arn, "identity"));
  caller.identity = [from];
  await assert.rejects(command(), denied(role, "kms:ReEncryptTo", destination.arn, "identity"));
  caller.identity = [from, to];
  assert.equal((await command()).KeyId, destination.arn);
});
