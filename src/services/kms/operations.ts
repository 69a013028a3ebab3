import * as client from "@aws-sdk/client-kms";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Kms } from "./context.ts";
import { withGrantTokens } from "./grants/with-grant-tokens.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Kms> = withGrantTokens({
  CancelKeyDeletion: async () => (await import("./operations/cancel-key-deletion.ts")).cancelKeyDeletion,
  ConnectCustomKeyStore: async () => (await import("./operations/connect-custom-key-store.ts")).connectCustomKeyStore,
  CreateAlias: async () => (await import("./operations/create-alias.ts")).createAlias,
  CreateCustomKeyStore: async () => (await import("./operations/create-custom-key-store.ts")).createCustomKeyStore,
  CreateGrant: async () => (await import("./operations/create-grant.ts")).createGrant,
  CreateKey: async () => (await import("./operations/create-key.ts")).createKey,
  Decapsulate: async () => (await import("./operations/decapsulate.ts")).decapsulate,
  Decrypt: async () => (await import("./operations/decrypt.ts")).decrypt,
  DeleteAlias: async () => (await import("./operations/delete-alias.ts")).deleteAlias,
  DeleteCustomKeyStore: async () => (await import("./operations/delete-custom-key-store.ts")).deleteCustomKeyStore,
  DeleteImportedKeyMaterial: async () =>
    (await import("./operations/delete-imported-key-material.ts")).deleteImportedKeyMaterial,
  DeriveSharedSecret: async () => (await import("./operations/derive-shared-secret.ts")).deriveSharedSecret,
  DescribeCustomKeyStores: async () =>
    (await import("./operations/describe-custom-key-stores.ts")).describeCustomKeyStores,
  DescribeKey: async () => (await import("./operations/describe-key.ts")).describeKey,
  DisableKey: async () => (await import("./operations/disable-key.ts")).disableKey,
  DisableKeyRotation: async () => (await import("./operations/disable-key-rotation.ts")).disableKeyRotation,
  DisconnectCustomKeyStore: async () =>
    (await import("./operations/disconnect-custom-key-store.ts")).disconnectCustomKeyStore,
  EnableKey: async () => (await import("./operations/enable-key.ts")).enableKey,
  EnableKeyRotation: async () => (await import("./operations/enable-key-rotation.ts")).enableKeyRotation,
  Encapsulate: async () => (await import("./operations/encapsulate.ts")).encapsulate,
  Encrypt: async () => (await import("./operations/encrypt.ts")).encrypt,
  GenerateDataKey: async () => (await import("./operations/generate-data-key.ts")).generateDataKey,
  GenerateDataKeyPair: async () => (await import("./operations/generate-data-key-pair.ts")).generateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext: async () =>
    (await import("./operations/generate-data-key-pair-without-plaintext.ts")).generateDataKeyPairWithoutPlaintext,
  GenerateDataKeyWithoutPlaintext: async () =>
    (await import("./operations/generate-data-key-without-plaintext.ts")).generateDataKeyWithoutPlaintext,
  GenerateMac: async () => (await import("./operations/generate-mac.ts")).generateMac,
  GenerateRandom: async () => (await import("./operations/generate-random.ts")).generateRandom,
  GetKeyLastUsage: async () => (await import("./operations/get-key-last-usage.ts")).getKeyLastUsage,
  GetKeyPolicy: async () => (await import("./operations/get-key-policy.ts")).getKeyPolicy,
  GetKeyRotationStatus: async () => (await import("./operations/get-key-rotation-status.ts")).getKeyRotationStatus,
  GetParametersForImport: async () =>
    (await import("./operations/get-parameters-for-import.ts")).getParametersForImport,
  GetPublicKey: async () => (await import("./operations/get-public-key.ts")).getPublicKey,
  ImportKeyMaterial: async () => (await import("./operations/import-key-material.ts")).importKeyMaterial,
  ListAliases: async () => (await import("./operations/list-aliases.ts")).listAliases,
  ListGrants: async () => (await import("./operations/list-grants.ts")).listGrants,
  ListKeyPolicies: async () => (await import("./operations/list-key-policies.ts")).listKeyPolicies,
  ListKeyRotations: async () => (await import("./operations/list-key-rotations.ts")).listKeyRotations,
  ListKeys: async () => (await import("./operations/list-keys.ts")).listKeys,
  ListResourceTags: async () => (await import("./operations/list-resource-tags.ts")).listResourceTags,
  ListRetirableGrants: async () => (await import("./operations/list-retirable-grants.ts")).listRetirableGrants,
  PutKeyPolicy: async () => (await import("./operations/put-key-policy.ts")).putKeyPolicy,
  ReEncrypt: async () => (await import("./operations/re-encrypt.ts")).reEncrypt,
  ReplicateKey: async () => (await import("./operations/replicate-key.ts")).replicateKey,
  RetireGrant: async () => (await import("./operations/retire-grant.ts")).retireGrant,
  RevokeGrant: async () => (await import("./operations/revoke-grant.ts")).revokeGrant,
  RotateKeyOnDemand: async () => (await import("./operations/rotate-key-on-demand.ts")).rotateKeyOnDemand,
  ScheduleKeyDeletion: async () => (await import("./operations/schedule-key-deletion.ts")).scheduleKeyDeletion,
  Sign: async () => (await import("./operations/sign.ts")).sign,
  TagResource: async () => (await import("./operations/tag-resource.ts")).tagResource,
  UntagResource: async () => (await import("./operations/untag-resource.ts")).untagResource,
  UpdateAlias: async () => (await import("./operations/update-alias.ts")).updateAlias,
  UpdateCustomKeyStore: async () => (await import("./operations/update-custom-key-store.ts")).updateCustomKeyStore,
  UpdateKeyDescription: async () => (await import("./operations/update-key-description.ts")).updateKeyDescription,
  UpdatePrimaryRegion: async () => (await import("./operations/update-primary-region.ts")).updatePrimaryRegion,
  Verify: async () => (await import("./operations/verify.ts")).verify,
  VerifyMac: async () => (await import("./operations/verify-mac.ts")).verifyMac,
});
