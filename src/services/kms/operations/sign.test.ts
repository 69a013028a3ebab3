import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { test } from "node:test";
import {
  DisableKeyCommand,
  type KeySpec,
  type MessageType,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
} from "@aws-sdk/client-kms";
import { askPython } from "../../../../test/support/python-cryptography.ts";
import { skipUnless } from "../../../../test/support/require.ts";
import { algorithmsOf, givenAs, invalid, signer, specs } from "../cryptography/signing.fixture.ts";
import { openKms } from "../kms.fixture.ts";

const withoutPython = await skipUnless("cryptography");

test("Sign signs the digests that are numbers at the ends of the curve's order", async () => {
  await using opened = await openKms();
  const { id } = await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const { sign, verify } = signer(opened, id, "ECDSA_SHA_256");
  const order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  for (const digest of [Buffer.alloc(32), Buffer.alloc(32, 0xff), Buffer.from(order, "hex")]) {
    const signature = await sign("DIGEST", digest);
    assert.equal((await verify("DIGEST", digest, signature)).SignatureValid, true);
    await assert.rejects(verify("DIGEST", Buffer.alloc(32, 1), signature), invalid);
  }
});

test("Sign of a digest never uses a number twice", async () => {
  await using opened = await openKms();
  const { id } = await opened.create({ KeySpec: "ECC_SECG_P256K1", KeyUsage: "SIGN_VERIFY" });
  const { sign } = signer(opened, id, "ECDSA_SHA_256");
  const firsts = new Set<string>();
  for (let count = 0; count < 20; count++) {
    const signature = await sign("DIGEST", Buffer.alloc(32, 7));
    firsts.add(Buffer.from(signature.subarray(4, 4 + signature[3]!)).toString("hex"));
  }
  assert.equal(firsts.size, 20);
});

for (const spec of specs.filter((spec) => spec !== "RSA_3072" && spec !== "RSA_4096")) {
  test(`Python's cryptography and KMS accept each other's signatures with ${spec}`, {
    skip: withoutPython,
  }, async () => {
    await using opened = await openKms();
    const { id } = await opened.create({ KeySpec: spec, KeyUsage: "SIGN_VERIFY" });
    const [publicKey, privateKey] = [await opened.publicKey(id), seedOnly(spec, await opened.material(id))];
    const message = Buffer.from("a message for another");
    // Python's cryptography has no Ed25519ph; RFC 8032's test vector shows it.
    for (const algorithm of algorithmsOf(spec).filter((algorithm) => algorithm !== "ED25519_PH_SHA_512")) {
      const { sign, verify } = signer(opened, id, algorithm);
      for (const [type, bytes] of givenAs(algorithm, message)) {
        const request = { algorithm, isDigest: type === "DIGEST", message: bytes, publicKey, privateKey };
        const signature = await sign(type, bytes);
        assert.equal(await askPython({ ...request, name: "verify", signature }), true, `${algorithm} ${type}`);
        const theirs = (await askPython({ ...request, name: "sign" })) as Uint8Array;
        assert.equal((await verify(type, bytes, theirs)).SignatureValid, true, `${algorithm} ${type}`);
      }
    }
  });
}

/** An ML-DSA key in the form that RFC 9881 recommends and Python's cryptography reads: the seed without the expanded key. */
function seedOnly(spec: KeySpec, pkcs8: Buffer): Buffer {
  const [, level] = /^ML_DSA_(\d+)$/.exec(spec) ?? [];
  if (level === undefined) return pkcs8;
  const { priv } = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }).export({ format: "jwk" });
  const kind = { 44: "11", 65: "12", 87: "13" }[level];
  const head = Buffer.from(`3034020100300b06096086480165030403${kind}04228020`, "hex");
  return Buffer.concat([head, Buffer.from(priv as string, "base64url")]);
}

test("Sign and Verify ask for the algorithm and the message type", async () => {
  await using opened = await openKms();
  const { id, arn } = await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const { sign, verify } = signer(opened, id, "ECDSA_SHA_256");
  await verify("RAW", Buffer.of(1), await sign("RAW", Buffer.of(1)));
  await opened.kms.send(new SignCommand({ KeyId: id, SigningAlgorithm: "ECDSA_SHA_256", Message: Buffer.of(1) }));
  for (const [access, action, type] of [
    [opened.asked.at(-3), "kms:Sign", "RAW"],
    [opened.asked.at(-2), "kms:Verify", "RAW"],
    [opened.asked.at(-1), "kms:Sign", undefined],
  ] as const) {
    assert.deepEqual([access?.action, access?.resource], [action, arn]);
    assert.equal(access?.conditions?.["kms:SigningAlgorithm"], "ECDSA_SHA_256");
    assert.equal(access?.conditions?.["kms:MessageType"], type);
  }
});

type Refusal = [KeySpec, SigningAlgorithmSpec, MessageType, number, string, string];
const refusals: Refusal[] = [
  [
    "ECC_NIST_P256",
    "ECDSA_SHA_256",
    "DIGEST",
    20,
    "ValidationException",
    "Digest is invalid length for algorithm ECDSA_SHA_256.",
  ],
  [
    "RSA_2048",
    "RSASSA_PSS_SHA_384",
    "DIGEST",
    32,
    "ValidationException",
    "Digest is invalid length for algorithm RSASSA_PSS_SHA_384.",
  ],
  [
    "RSA_2048",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "DIGEST",
    65,
    "ValidationException",
    "Digest is invalid length for algorithm RSASSA_PKCS1_V1_5_SHA_512.",
  ],
  [
    "ECC_NIST_P256",
    "ECDSA_SHA_384",
    "DIGEST",
    20,
    "InvalidKeyUsageException",
    "Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.",
  ],
  [
    "RSA_2048",
    "ECDSA_SHA_256",
    "RAW",
    1,
    "InvalidKeyUsageException",
    "Algorithm ECDSA_SHA_256 is incompatible with key spec RSA_2048.",
  ],
  ["ECC_NIST_P256", "EXTERNAL_MU" as never, "RAW", 1, "ValidationException", ""],
  [
    "ECC_NIST_P256",
    "ECDSA_SHA_256",
    "EXTERNAL_MU",
    64,
    "ValidationException",
    "Message type EXTERNAL_MU is incompatible with key spec ECC_NIST_P256.",
  ],
  [
    "ECC_NIST_P256",
    "ED25519_PH_SHA_512",
    "DIGEST",
    64,
    "InvalidKeyUsageException",
    "Algorithm ED25519_PH_SHA_512 is incompatible with key spec ECC_NIST_P256.",
  ],
  [
    "ECC_NIST_EDWARDS25519",
    "ED25519_SHA_512",
    "DIGEST",
    64,
    "ValidationException",
    "Message type DIGEST is incompatible with algorithm ED25519_SHA_512.",
  ],
  [
    "ECC_NIST_EDWARDS25519",
    "ED25519_PH_SHA_512",
    "RAW",
    64,
    "ValidationException",
    "Message type RAW is incompatible with algorithm ED25519_PH_SHA_512.",
  ],
  [
    "ECC_NIST_EDWARDS25519",
    "ED25519_PH_SHA_512",
    "DIGEST",
    63,
    "ValidationException",
    "Digest is invalid length for algorithm ED25519_PH_SHA_512.",
  ],
  [
    "ML_DSA_44",
    "ML_DSA_SHAKE_256",
    "DIGEST",
    64,
    "ValidationException",
    "Message type DIGEST is incompatible with key spec ML_DSA_44.",
  ],
  [
    "ML_DSA_44",
    "ML_DSA_SHAKE_256",
    "EXTERNAL_MU",
    63,
    "ValidationException",
    "External Mu is invalid length for algorithm ML_DSA_SHAKE_256.",
  ],
  [
    "ML_DSA_44",
    "ML_DSA_SHAKE_256",
    "EXTERNAL_MU",
    64,
    "UnsupportedOperationException",
    "MessageType EXTERNAL_MU is not supported by Sealift",
  ],
];

for (const [KeySpec, algorithm, type, length, name, message] of refusals) {
  test(`Sign and Verify refuse ${type} of ${length} bytes for ${algorithm} with ${KeySpec}`, async () => {
    await using opened = await openKms();
    const { id } = await opened.create({ KeySpec, KeyUsage: "SIGN_VERIFY" });
    const { sign, verify } = signer(opened, id, algorithm);
    const refusal = { name, ...(message !== "" && { message }) };
    await assert.rejects(sign(type, Buffer.alloc(length)), refusal);
    await assert.rejects(verify(type, Buffer.alloc(length), Buffer.alloc(64)), refusal);
  });
}

test("Sign and Verify refuse a message that is too long, and a key that is disabled or for another usage", async () => {
  await using opened = await openKms();
  const { id, arn } = await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
  const { sign, verify } = signer(opened, id, "ECDSA_SHA_384");
  await assert.rejects(sign("RAW", Buffer.alloc(4097)), {
    name: "ValidationException",
    message:
      "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096",
  });
  const words = (operation: string) => `${arn} key usage is KEY_AGREEMENT which is not valid for ${operation}.`;
  await assert.rejects(sign("RAW", Buffer.of(1)), { name: "InvalidKeyUsageException", message: words("Sign") });
  await assert.rejects(verify("RAW", Buffer.of(1), Buffer.of(1)), { message: words("Verify") });
  await opened.kms.send(new DisableKeyCommand({ KeyId: id }));
  await assert.rejects(sign("RAW", Buffer.of(1)), { name: "DisabledException", message: `${arn} is disabled.` });
});

test("A dry run of Sign and Verify says that they would have succeeded, and refuses a bad signature", async () => {
  await using opened = await openKms();
  const { id } = await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const Signature = await signer(opened, id, "ECDSA_SHA_256").sign("RAW", Buffer.of(1));
  const dry = { KeyId: id, SigningAlgorithm: "ECDSA_SHA_256", Message: Buffer.of(1), DryRun: true } as const;
  await assert.rejects(opened.kms.send(new SignCommand(dry)), { name: "DryRunOperationException" });
  await assert.rejects(opened.kms.send(new VerifyCommand({ ...dry, Signature })), { name: "DryRunOperationException" });
  await assert.rejects(opened.kms.send(new VerifyCommand({ ...dry, Signature: Buffer.of(1) })), invalid);
});
