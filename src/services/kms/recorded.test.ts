import assert from "node:assert/strict";
import { test } from "node:test";
import type { KMS } from "@aws-sdk/client-kms";
import { testAccount } from "../../../test/support/in-process.ts";
import { createKey, encrypt, openKms, Plaintext } from "./kms.fixture.ts";
import { importMaterial } from "./materials/wrapping.fixture.ts";

/** Answers as they were recorded on AWS: what is asked, and the answer or the error. */
type Row = readonly [what: string, ask: (kms: KMS) => Promise<unknown>, answer: (answer: Answer) => void];

interface Answer {
  readonly output?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly name: string; readonly message: string };
}

const prefix = `arn:aws:kms:us-east-1:${testAccount}`;
/** What the SDK says where an error has no message. */
const noMessage = "UnknownError";

function refused(name: string, message: string | RegExp): Row[2] {
  return ({ error }) => {
    assert.equal(error?.name, name);
    if (typeof message === "string") assert.equal(error.message, message);
    else assert.match(error.message, message);
  };
}

const anArn = /^arn:aws:kms:us-east-1:\d{12}:key\/[0-9a-f-]{36}$/;
const other = (message: string) => `1 validation error detected: ${message}`;
const incorrectKey = "The key ID in the request does not identify a CMK that can perform this operation.";
const hmac = { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" } as const;
const rsa = { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" } as const;

const rows: readonly Row[] = [
  ...[{}, hmac, rsa, { Origin: "EXTERNAL" as const }].map(
    (input): Row => [
      `GetKeyRotationStatus of a key ${JSON.stringify(input)}`,
      async (kms) => kms.getKeyRotationStatus({ KeyId: (await createKey(kms, input)).id }),
      ({ output }) => {
        assert.equal(output?.KeyRotationEnabled, false);
        assert.match(String(output.KeyId), anArn);
      },
    ],
  ),
  [
    "EnableKeyRotation of an RSA key",
    async (kms) => kms.enableKeyRotation({ KeyId: (await createKey(kms, rsa)).id }),
    refused("UnsupportedOperationException", noMessage),
  ],
  [
    "RotateKeyOnDemand of an HMAC key",
    async (kms) => kms.rotateKeyOnDemand({ KeyId: (await createKey(kms, hmac)).id }),
    refused("UnsupportedOperationException", noMessage),
  ],
  [
    "EnableKeyRotation of a key with imported material",
    async (kms) => kms.enableKeyRotation({ KeyId: (await createKey(kms, { Origin: "EXTERNAL" })).id }),
    refused("UnsupportedOperationException", / origin is EXTERNAL which is not valid for this operation\.$/),
  ],
  [
    "Decrypt of a symmetric ciphertext with an RSA key",
    async (kms) =>
      kms.decrypt({
        CiphertextBlob: await encrypt(kms, (await createKey(kms)).id),
        KeyId: (await createKey(kms, rsa)).id,
      }),
    refused("IncorrectKeyException", incorrectKey),
  ],
  [
    "ReEncrypt of a symmetric ciphertext with an HMAC key",
    async (kms) => {
      const { id } = await createKey(kms);
      const { id: SourceKeyId } = await createKey(kms, hmac);
      return kms.reEncrypt({ CiphertextBlob: await encrypt(kms, id), SourceKeyId, DestinationKeyId: id });
    },
    refused("IncorrectKeyException", incorrectKey),
  ],
  [
    "Decrypt of other bytes",
    (kms) => kms.decrypt({ CiphertextBlob: Plaintext }),
    refused("InvalidCiphertextException", noMessage),
  ],
  [
    "VerifyMac of another MAC",
    async (kms) => {
      const { id: KeyId } = await createKey(kms, hmac);
      return kms.verifyMac({ KeyId, MacAlgorithm: "HMAC_SHA_256", Message: Plaintext, Mac: Plaintext });
    },
    refused("KMSInvalidMacException", noMessage),
  ],
  [
    "DeriveSharedSecret with a bad public key",
    async (kms) => {
      const { id: KeyId } = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
      return kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey: Plaintext });
    },
    refused("ValidationException", noMessage),
  ],
  [
    "GenerateMac with an unknown algorithm",
    async (kms) => {
      const { id: KeyId } = await createKey(kms, hmac);
      return kms.generateMac({ KeyId, MacAlgorithm: "invalid" as "HMAC_SHA_256", Message: Plaintext });
    },
    refused(
      "ValidationException",
      other(
        "Value 'invalid' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512]",
      ),
    ),
  ],
  [
    "ReplicateKey without tags",
    async (kms) =>
      kms.replicateKey({ KeyId: (await createKey(kms, { MultiRegion: true })).id, ReplicaRegion: "us-west-1" }),
    ({ output }) => {
      assert.ok(output && !("ReplicaTags" in output));
      const { KeyState, CurrentKeyMaterialId } = output.ReplicaKeyMetadata as Record<string, unknown>;
      assert.deepEqual([KeyState, CurrentKeyMaterialId], ["Creating", undefined]);
    },
  ],
  [
    "ImportKeyMaterial while other material is pending",
    async (kms) => {
      const { id } = await createKey(kms, { Origin: "EXTERNAL" });
      const materials = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
      await importMaterial(kms, id, materials[0]!);
      await importMaterial(kms, id, materials[1]!, { ImportType: "NEW_KEY_MATERIAL" });
      return importMaterial(kms, id, materials[2]!, { ImportType: "NEW_KEY_MATERIAL" });
    },
    refused(
      "KMSInvalidStateException",
      /^New key material \(id: \w{64}\) cannot be imported into KMS key arn:aws:kms:\S+, because another key material \(id: \w{64}\) is pending rotation\.$/,
    ),
  ],
  [
    "ListAliases in a new account",
    (kms) => kms.listAliases({}),
    ({ output }) => {
      const aliases = output?.Aliases as { AliasName: string; AliasArn: string; TargetKeyId?: string }[];
      const s3 = aliases.find(({ AliasName }) => AliasName === "alias/aws/s3");
      assert.deepEqual(s3, { AliasName: "alias/aws/s3", AliasArn: `${prefix}:alias/aws/s3` });
    },
  ],
  [
    "DescribeKey of an id that is none",
    (kms) => kms.describeKey({ KeyId: "fake-key-id" }),
    refused("NotFoundException", "Invalid keyId 'fake-key-id'"),
  ],
];

for (const [what, ask, check] of rows) {
  test(`As recorded: ${what}`, async () => {
    await using opened = await openKms();
    try {
      const output = (await ask(opened.kms)) as NonNullable<Answer["output"]>;
      check({ output });
    } catch (error) {
      if (!(error instanceof Error) || !("$metadata" in error)) throw error;
      check({ error });
    }
  });
}
