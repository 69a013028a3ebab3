import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { DeriveSharedSecretCommand } from "@aws-sdk/client-kms";
import { askPython } from "../../../../test/support/python-cryptography.ts";
import { skipUnless } from "../../../../test/support/require.ts";
import { openKms } from "../kms.fixture.ts";

const withoutPython = await skipUnless("cryptography");
const curves = [
  ["ECC_NIST_P256", "prime256v1", 32],
  ["ECC_NIST_P384", "secp384r1", 48],
  ["ECC_NIST_P521", "secp521r1", 66],
] as const;

function peerOf(namedCurve: string) {
  return generateKeyPairSync("ec", {
    namedCurve,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
}

for (const [KeySpec, , length] of curves) {
  test(`DeriveSharedSecret gives two ${KeySpec} keys the same secret`, async () => {
    await using opened = await openKms();
    const create = () => opened.create({ KeySpec, KeyUsage: "KEY_AGREEMENT" });
    const [left, right] = [await create(), await create()];
    const derive = async (KeyId: string, other: string) =>
      opened.kms.send(
        new DeriveSharedSecretCommand({
          KeyId,
          KeyAgreementAlgorithm: "ECDH",
          PublicKey: await opened.publicKey(other),
        }),
      );
    const answer = await derive(left.id, right.id);
    assert.equal(answer.SharedSecret?.length, length);
    assert.deepEqual([answer.KeyId, answer.KeyAgreementAlgorithm, answer.KeyOrigin], [left.arn, "ECDH", "AWS_KMS"]);
    assert.deepEqual((await derive(right.id, left.id)).SharedSecret, answer.SharedSecret);
    assert.equal(opened.asked.at(-1)?.conditions?.["kms:KeyAgreementAlgorithm"], "ECDH");
  });
}

for (const [KeySpec, curve] of curves) {
  test(`Python's cryptography derives the same secret with ${KeySpec}`, { skip: withoutPython }, async () => {
    await using opened = await openKms();
    const { id: KeyId } = await opened.create({ KeySpec, KeyUsage: "KEY_AGREEMENT" });
    const peer = peerOf(curve);
    const command = { KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey: peer.publicKey } as const;
    const { SharedSecret } = await opened.kms.send(new DeriveSharedSecretCommand(command));
    const publicKey = await opened.publicKey(KeyId);
    const theirs = await askPython({ name: "exchange", publicKey, privateKey: peer.privateKey });
    assert.deepEqual(theirs, Buffer.from(SharedSecret!));
  });
}

/** The peer's point, moved off the curve. */
function offCurve(): Buffer {
  const der = Buffer.from(peerOf("prime256v1").publicKey);
  for (let value = 0; ; value++) {
    der[der.length - 1] = value;
    try {
      createPublicKey({ key: der, format: "der", type: "spki" });
    } catch {
      return der;
    }
  }
}

const notPeers: [string, () => Buffer][] = [
  ["a point off the curve", offCurve],
  ["another curve's point", () => peerOf("secp384r1").publicKey],
  ["the point at infinity", () => Buffer.from("3019301306072a8648ce3d020106082a8648ce3d03010703020000", "hex")],
  ["a private key", () => peerOf("prime256v1").privateKey],
  ["an Ed25519 key", () => generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" })],
  ["garbage", () => Buffer.alloc(8192, 0x30)],
  ["half a key", () => peerOf("prime256v1").publicKey.subarray(0, 60)],
];

for (const [what, make] of notPeers) {
  test(`DeriveSharedSecret refuses ${what}`, async () => {
    await using opened = await openKms();
    const { id: KeyId } = await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
    const command = new DeriveSharedSecretCommand({ KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey: make() });
    // The SDK puts this where an error has no message, as AWS's has none.
    await assert.rejects(opened.kms.send(command), { name: "ValidationException", message: "UnknownError" });
  });
}

test("DeriveSharedSecret refuses a signing key, an enclave, and a dry run", async () => {
  await using opened = await openKms();
  const [agreeing, signing] = [
    await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" }),
    await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }),
  ];
  const { publicKey: PublicKey } = peerOf("prime256v1");
  const derive = (KeyId: string, more = {}) =>
    opened.kms.send(new DeriveSharedSecretCommand({ KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey, ...more }));
  await assert.rejects(derive(signing.id), {
    name: "InvalidKeyUsageException",
    message: `${signing.arn} key usage is SIGN_VERIFY which is not valid for DeriveSharedSecret.`,
  });
  const Recipient = { KeyEncryptionAlgorithm: "RSAES_OAEP_SHA_256", AttestationDocument: Buffer.of(1) };
  await assert.rejects(derive(agreeing.id, { Recipient }), { name: "UnsupportedOperationException" });
  await assert.rejects(derive(agreeing.id, { DryRun: true }), { name: "DryRunOperationException" });
});
