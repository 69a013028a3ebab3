import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { KeySpec, KeyState, KeyUsageType, KMSClient } from "@aws-sdk/client-kms";
import * as client from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, openKms } from "../kms.fixture.ts";
import { importMaterial } from "../materials/wrapping.fixture.ts";
import { operations } from "../operations.ts";

/** An operation's answer to a key in a state: `ok`, or what it refuses with. */
type Expected =
  | "ok"
  | "disabled"
  | "pending deletion"
  | "pending import"
  | "not pending deletion"
  /** With `UnsupportedOperationException`: not for keys whose material is imported, or only for these. */
  | "wrong origin";

interface Row {
  readonly spec?: KeySpec;
  readonly usage?: KeyUsageType;
  readonly command: (id: string, prepared: Prepared) => object;
  /** For a key with its own material, and in PendingImport for one whose material is imported. */
  readonly states: Readonly<Record<"Enabled" | "Disabled" | "PendingDeletion" | "PendingImport", Expected>>;
  /** Keys whose material is imported, where they are treated otherwise. */
  readonly imported?: Readonly<Record<"Enabled" | "Disabled" | "PendingDeletion", Expected>>;
  /** Refusals that come for another reason when the state is right. */
  readonly otherwise?: RegExp;
}

/** Made with the key while it was enabled. */
interface Prepared {
  readonly ciphertext: Uint8Array;
}

const use = {
  Enabled: "ok",
  Disabled: "disabled",
  PendingDeletion: "pending deletion",
  PendingImport: "pending import",
} as const;
const always = { Enabled: "ok", Disabled: "ok", PendingDeletion: "ok", PendingImport: "ok" } as const;
const change = { ...always, PendingDeletion: "pending deletion" } as const;
const toggle = { ...change, PendingImport: "pending import" } as const;
const rotation = { ...use, PendingImport: "wrong origin" } as const;
const unrotated = { Enabled: "wrong origin", Disabled: "disabled", PendingDeletion: "pending deletion" } as const;
const importing = {
  Enabled: "wrong origin",
  Disabled: "wrong origin",
  PendingDeletion: "wrong origin",
  PendingImport: "ok",
} as const;

const Plaintext = Buffer.from("a");
const pair = { spec: "ECC_NIST_P256", usage: "SIGN_VERIFY" } as const;
const hmac = { spec: "HMAC_256", usage: "GENERATE_VERIFY_MAC" } as const;
const encapsulation = { spec: "ML_KEM_512", usage: "ENCAPSULATE_DECAPSULATE" } as const;
const agreement = { spec: "ECC_NIST_P256", usage: "KEY_AGREEMENT" } as const;
const GranteePrincipal = "arn:aws:iam::111122223333:root";

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html#key-state-table */
const table: Readonly<Record<string, Row>> = {
  CancelKeyDeletion: {
    command: (KeyId) => new client.CancelKeyDeletionCommand({ KeyId }),
    states: {
      Enabled: "not pending deletion",
      Disabled: "not pending deletion",
      PendingDeletion: "ok",
      PendingImport: "not pending deletion",
    },
  },
  CreateAlias: {
    command: (TargetKeyId) => new client.CreateAliasCommand({ AliasName: "alias/new", TargetKeyId }),
    states: change,
  },
  CreateGrant: {
    command: (KeyId) => new client.CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ["Decrypt"] }),
    states: use,
  },
  Decapsulate: {
    ...encapsulation,
    command: (KeyId) =>
      new client.DecapsulateCommand({
        KeyId,
        EncapsulationAlgorithm: "ML_KEM",
        SharedSecretCiphertextBlob: Buffer.alloc(768),
      }),
    states: use,
  },
  Decrypt: {
    command: (_KeyId, { ciphertext }) => new client.DecryptCommand({ CiphertextBlob: ciphertext }),
    states: use,
  },
  DeleteAlias: { command: () => new client.DeleteAliasCommand({ AliasName: "alias/old" }), states: always },
  DeleteImportedKeyMaterial: {
    command: (KeyId) => new client.DeleteImportedKeyMaterialCommand({ KeyId }),
    states: importing,
    imported: { Enabled: "ok", Disabled: "ok", PendingDeletion: "ok" },
  },
  DeriveSharedSecret: {
    ...agreement,
    command: (KeyId) =>
      new client.DeriveSharedSecretCommand({ KeyId, KeyAgreementAlgorithm: "ECDH", PublicKey: Buffer.of(1) }),
    states: use,
    otherwise: /^(?:ValidationException|InvalidKeyUsageException)/,
  },
  DescribeKey: { command: (KeyId) => new client.DescribeKeyCommand({ KeyId }), states: always },
  DisableKey: { command: (KeyId) => new client.DisableKeyCommand({ KeyId }), states: toggle },
  DisableKeyRotation: {
    command: (KeyId) => new client.DisableKeyRotationCommand({ KeyId }),
    states: rotation,
    imported: unrotated,
  },
  EnableKey: { command: (KeyId) => new client.EnableKeyCommand({ KeyId }), states: toggle },
  EnableKeyRotation: {
    command: (KeyId) => new client.EnableKeyRotationCommand({ KeyId }),
    states: rotation,
    imported: unrotated,
  },
  Encapsulate: {
    ...encapsulation,
    command: (KeyId) => new client.EncapsulateCommand({ KeyId, EncapsulationAlgorithm: "ML_KEM" }),
    states: use,
  },
  Encrypt: { command: (KeyId) => new client.EncryptCommand({ KeyId, Plaintext }), states: use },
  GenerateDataKey: {
    command: (KeyId) => new client.GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }),
    states: use,
  },
  GenerateDataKeyPair: {
    command: (KeyId) => new client.GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: "ECC_NIST_P256" }),
    states: use,
  },
  GenerateDataKeyPairWithoutPlaintext: {
    command: (KeyId) => new client.GenerateDataKeyPairWithoutPlaintextCommand({ KeyId, KeyPairSpec: "ECC_NIST_P256" }),
    states: use,
  },
  GenerateDataKeyWithoutPlaintext: {
    command: (KeyId) => new client.GenerateDataKeyWithoutPlaintextCommand({ KeyId, KeySpec: "AES_256" }),
    states: use,
  },
  GenerateMac: {
    ...hmac,
    command: (KeyId) => new client.GenerateMacCommand({ KeyId, MacAlgorithm: "HMAC_SHA_256", Message: Plaintext }),
    states: use,
  },
  GetKeyLastUsage: { command: (KeyId) => new client.GetKeyLastUsageCommand({ KeyId }), states: always },
  GetKeyPolicy: { command: (KeyId) => new client.GetKeyPolicyCommand({ KeyId }), states: always },
  GetKeyRotationStatus: { command: (KeyId) => new client.GetKeyRotationStatusCommand({ KeyId }), states: always },
  GetParametersForImport: {
    command: (KeyId) =>
      new client.GetParametersForImportCommand({
        ...{ KeyId, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" },
      }),
    states: importing,
    imported: { Enabled: "ok", Disabled: "ok", PendingDeletion: "pending deletion" },
  },
  GetPublicKey: { ...pair, command: (KeyId) => new client.GetPublicKeyCommand({ KeyId }), states: use },
  ImportKeyMaterial: {
    command: (KeyId) =>
      new client.ImportKeyMaterialCommand({
        ...{ KeyId, ImportToken: Plaintext, EncryptedKeyMaterial: Plaintext },
        ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
      }),
    states: importing,
    imported: { Enabled: "ok", Disabled: "ok", PendingDeletion: "pending deletion" },
    otherwise: /^InvalidImportTokenException/,
  },
  ListAliases: { command: (KeyId) => new client.ListAliasesCommand({ KeyId }), states: always },
  ListGrants: { command: (KeyId) => new client.ListGrantsCommand({ KeyId }), states: always },
  ListKeyPolicies: { command: (KeyId) => new client.ListKeyPoliciesCommand({ KeyId }), states: always },
  ListKeyRotations: { command: (KeyId) => new client.ListKeyRotationsCommand({ KeyId }), states: always },
  ListResourceTags: { command: (KeyId) => new client.ListResourceTagsCommand({ KeyId }), states: always },
  PutKeyPolicy: {
    command: (KeyId) => new client.PutKeyPolicyCommand({ KeyId, Policy: policy, BypassPolicyLockoutSafetyCheck: true }),
    states: always,
  },
  ReEncrypt: {
    command: (DestinationKeyId, { ciphertext }) =>
      new client.ReEncryptCommand({ CiphertextBlob: ciphertext, DestinationKeyId }),
    states: use,
  },
  ReplicateKey: {
    command: (KeyId) => new client.ReplicateKeyCommand({ KeyId, ReplicaRegion: "eu-west-1" }),
    states: use,
  },
  RotateKeyOnDemand: {
    command: (KeyId) => new client.RotateKeyOnDemandCommand({ KeyId }),
    states: use,
    otherwise: /No available key material pending rotation/,
  },
  ScheduleKeyDeletion: { command: (KeyId) => new client.ScheduleKeyDeletionCommand({ KeyId }), states: change },
  Sign: {
    ...pair,
    command: (KeyId) => new client.SignCommand({ KeyId, Message: Plaintext, SigningAlgorithm: "ECDSA_SHA_256" }),
    states: use,
  },
  TagResource: {
    command: (KeyId) => new client.TagResourceCommand({ KeyId, Tags: [{ TagKey: "a", TagValue: "" }] }),
    states: change,
  },
  UntagResource: { command: (KeyId) => new client.UntagResourceCommand({ KeyId, TagKeys: ["a"] }), states: change },
  UpdateAlias: {
    command: (TargetKeyId) => new client.UpdateAliasCommand({ AliasName: "alias/old", TargetKeyId }),
    states: change,
  },
  UpdateKeyDescription: {
    command: (KeyId) => new client.UpdateKeyDescriptionCommand({ KeyId, Description: "" }),
    states: change,
  },
  UpdatePrimaryRegion: {
    command: (KeyId) => new client.UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: "eu-central-1" }),
    states: use,
  },
  Verify: {
    ...pair,
    command: (KeyId) =>
      new client.VerifyCommand({
        ...{ KeyId, Message: Plaintext, Signature: Plaintext, SigningAlgorithm: "ECDSA_SHA_256" },
      }),
    states: use,
    otherwise: /^KMSInvalidSignatureException/,
  },
  VerifyMac: {
    ...hmac,
    command: (KeyId) =>
      new client.VerifyMacCommand({ KeyId, MacAlgorithm: "HMAC_SHA_256", Message: Plaintext, Mac: Plaintext }),
    states: use,
    otherwise: /^KMSInvalidMacException/,
  },
};

/** Operations that use no key that is there, or any. */
const without = ["CreateKey", "GenerateRandom", "ListKeys", "ListRetirableGrants", "RetireGrant", "RevokeGrant"];

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
});

test("Every operation has its row in the table of key states", () => {
  const names = Object.keys(operations);
  assert.deepEqual(
    names.filter((name) => !without.includes(name) && !/CustomKeyStores?$/.test(name) && !table[name]),
    [],
  );
});

/** A multi-Region key with a replica, in the state: with those it can be in every one. */
async function keyIn(kms: KMSClient, state: KeyState, row: Row, isImported: boolean) {
  const { spec = "SYMMETRIC_DEFAULT", usage = "ENCRYPT_DECRYPT" } = row;
  const key = await createKey(kms, {
    ...{ KeySpec: spec, KeyUsage: usage, MultiRegion: true },
    Origin: isImported ? "EXTERNAL" : "AWS_KMS",
  });
  const isSymmetric = spec === "SYMMETRIC_DEFAULT";
  if (isImported && isSymmetric) await importMaterial(kms, key.id, randomBytes(32));
  const { CiphertextBlob: ciphertext = Buffer.alloc(0) } = isSymmetric
    ? await kms.send(new client.EncryptCommand({ KeyId: key.id, Plaintext }))
    : {};
  await kms.send(new client.CreateAliasCommand({ AliasName: "alias/old", TargetKeyId: key.id }));
  if (row === table.UpdatePrimaryRegion && !isImported) {
    await kms.send(new client.ReplicateKeyCommand({ KeyId: key.id, ReplicaRegion: "eu-central-1" }));
  }
  if (state === "Disabled") await kms.send(new client.DisableKeyCommand({ KeyId: key.id }));
  if (state === "PendingDeletion") await kms.send(new client.ScheduleKeyDeletionCommand({ KeyId: key.id }));
  if (state === "PendingImport" && isSymmetric) {
    await kms.send(new client.DeleteImportedKeyMaterialCommand({ KeyId: key.id }));
  }
  return { ...key, ciphertext };
}

function refusalOf(expected: Exclude<Expected, "ok">, arn: string, origin: string): RegExp {
  const escaped = arn.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  switch (expected) {
    case "disabled":
      return new RegExp(`^DisabledException: ${escaped} is disabled\\.$`);
    case "wrong origin":
      return new RegExp(
        `^UnsupportedOperationException: ${escaped} origin is ${origin} which is not valid for this operation\\.$`,
      );
    case "pending deletion":
      return new RegExp(`^KMSInvalidStateException: ${escaped} is pending (?:replica )?deletion\\.$`);
    default:
      return new RegExp(`^KMSInvalidStateException: ${escaped} is ${expected}\\.$`);
  }
}

for (const [name, row] of Object.entries(table)) {
  if (!Object.hasOwn(operations, name)) continue;
  const cases = [
    ...Object.entries(row.states).map(([state, expected]) => ({
      state,
      expected,
      isImported: state === "PendingImport",
    })),
    ...Object.entries(row.imported ?? {}).map(([state, expected]) => ({ state, expected, isImported: true })),
  ];
  for (const { state, expected, isImported } of cases) {
    const what = isImported ? " of imported material" : "";
    test(`${name} with a key${what} that is ${state}: ${expected}`, async () => {
      await using opened = await openKms(databases()[0]!);
      const { id, arn, ciphertext } = await keyIn(opened.kms, state as KeyState, row, isImported);
      const answer = await opened.kms.send(row.command(id, { ciphertext }) as client.DescribeKeyCommand).then(
        () => "ok",
        (error: Error) => `${error.name}: ${error.message}`,
      );
      if (expected !== "ok") assert.match(answer, refusalOf(expected, arn, isImported ? "EXTERNAL" : "AWS_KMS"));
      else if (answer !== "ok" || !row.otherwise) assert.match(answer, row.otherwise ?? /^ok$/);
    });
  }
}
