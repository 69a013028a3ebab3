import * as client from "@aws-sdk/client-kms";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Kms } from "./context.ts";
import { withGrantTokens } from "./grants/with-grant-tokens.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Kms> = {
  CancelKeyDeletion: async () =>
    withGrantTokens((await import("./operations/cancel-key-deletion.ts")).cancelKeyDeletion),
  ConnectCustomKeyStore: async () =>
    withGrantTokens((await import("./operations/connect-custom-key-store.ts")).connectCustomKeyStore),
  CreateAlias: async () => withGrantTokens((await import("./operations/create-alias.ts")).createAlias),
  CreateCustomKeyStore: async () =>
    withGrantTokens((await import("./operations/create-custom-key-store.ts")).createCustomKeyStore),
  CreateGrant: async () => withGrantTokens((await import("./operations/create-grant.ts")).createGrant),
  CreateKey: async () => withGrantTokens((await import("./operations/create-key.ts")).createKey),
  Decapsulate: async () => withGrantTokens((await import("./operations/decapsulate.ts")).decapsulate),
  Decrypt: async () => withGrantTokens((await import("./operations/decrypt.ts")).decrypt),
  DeleteAlias: async () => withGrantTokens((await import("./operations/delete-alias.ts")).deleteAlias),
  DeleteCustomKeyStore: async () =>
    withGrantTokens((await import("./operations/delete-custom-key-store.ts")).deleteCustomKeyStore),
  DeleteImportedKeyMaterial: async () =>
    withGrantTokens((await import("./operations/delete-imported-key-material.ts")).deleteImportedKeyMaterial),
  DeriveSharedSecret: async () =>
    withGrantTokens((await import("./operations/derive-shared-secret.ts")).deriveSharedSecret),
  DescribeCustomKeyStores: async () =>
    withGrantTokens((await import("./operations/describe-custom-key-stores.ts")).describeCustomKeyStores),
  DescribeKey: async () => withGrantTokens((await import("./operations/describe-key.ts")).describeKey),
  DisableKey: async () => withGrantTokens((await import("./operations/disable-key.ts")).disableKey),
  DisableKeyRotation: async () =>
    withGrantTokens((await import("./operations/disable-key-rotation.ts")).disableKeyRotation),
  DisconnectCustomKeyStore: async () =>
    withGrantTokens((await import("./operations/disconnect-custom-key-store.ts")).disconnectCustomKeyStore),
  EnableKey: async () => withGrantTokens((await import("./operations/enable-key.ts")).enableKey),
  EnableKeyRotation: async () =>
    withGrantTokens((await import("./operations/enable-key-rotation.ts")).enableKeyRotation),
  Encapsulate: async () => withGrantTokens((await import("./operations/encapsulate.ts")).encapsulate),
  Encrypt: async () => withGrantTokens((await import("./operations/encrypt.ts")).encrypt),
  GenerateDataKey: async () => withGrantTokens((await import("./operations/generate-data-key.ts")).generateDataKey),
  GenerateDataKeyPair: async () =>
    withGrantTokens((await import("./operations/generate-data-key-pair.ts")).generateDataKeyPair),
  GenerateDataKeyPairWithoutPlaintext: async () =>
    withGrantTokens(
      (await import("./operations/generate-data-key-pair-without-plaintext.ts")).generateDataKeyPairWithoutPlaintext,
    ),
  GenerateDataKeyWithoutPlaintext: async () =>
    withGrantTokens(
      (await import("./operations/generate-data-key-without-plaintext.ts")).generateDataKeyWithoutPlaintext,
    ),
  GenerateMac: async () => withGrantTokens((await import("./operations/generate-mac.ts")).generateMac),
  GenerateRandom: async () => withGrantTokens((await import("./operations/generate-random.ts")).generateRandom),
  GetKeyLastUsage: async () => withGrantTokens((await import("./operations/get-key-last-usage.ts")).getKeyLastUsage),
  GetKeyPolicy: async () => withGrantTokens((await import("./operations/get-key-policy.ts")).getKeyPolicy),
  GetKeyRotationStatus: async () =>
    withGrantTokens((await import("./operations/get-key-rotation-status.ts")).getKeyRotationStatus),
  GetParametersForImport: async () =>
    withGrantTokens((await import("./operations/get-parameters-for-import.ts")).getParametersForImport),
  GetPublicKey: async () => withGrantTokens((await import("./operations/get-public-key.ts")).getPublicKey),
  ImportKeyMaterial: async () =>
    withGrantTokens((await import("./operations/import-key-material.ts")).importKeyMaterial),
  ListAliases: async () => withGrantTokens((await import("./operations/list-aliases.ts")).listAliases),
  ListGrants: async () => withGrantTokens((await import("./operations/list-grants.ts")).listGrants),
  ListKeyPolicies: async () => withGrantTokens((await import("./operations/list-key-policies.ts")).listKeyPolicies),
  ListKeyRotations: async () => withGrantTokens((await import("./operations/list-key-rotations.ts")).listKeyRotations),
  ListKeys: async () => withGrantTokens((await import("./operations/list-keys.ts")).listKeys),
  ListResourceTags: async () => withGrantTokens((await import("./operations/list-resource-tags.ts")).listResourceTags),
  ListRetirableGrants: async () =>
    withGrantTokens((await import("./operations/list-retirable-grants.ts")).listRetirableGrants),
  PutKeyPolicy: async () => withGrantTokens((await import("./operations/put-key-policy.ts")).putKeyPolicy),
  ReEncrypt: async () => withGrantTokens((await import("./operations/re-encrypt.ts")).reEncrypt),
  ReplicateKey: async () => withGrantTokens((await import("./operations/replicate-key.ts")).replicateKey),
  RetireGrant: async () => withGrantTokens((await import("./operations/retire-grant.ts")).retireGrant),
  RevokeGrant: async () => withGrantTokens((await import("./operations/revoke-grant.ts")).revokeGrant),
  RotateKeyOnDemand: async () =>
    withGrantTokens((await import("./operations/rotate-key-on-demand.ts")).rotateKeyOnDemand),
  ScheduleKeyDeletion: async () =>
    withGrantTokens((await import("./operations/schedule-key-deletion.ts")).scheduleKeyDeletion),
  Sign: async () => withGrantTokens((await import("./operations/sign.ts")).sign),
  TagResource: async () => withGrantTokens((await import("./operations/tag-resource.ts")).tagResource),
  UntagResource: async () => withGrantTokens((await import("./operations/untag-resource.ts")).untagResource),
  UpdateAlias: async () => withGrantTokens((await import("./operations/update-alias.ts")).updateAlias),
  UpdateCustomKeyStore: async () =>
    withGrantTokens((await import("./operations/update-custom-key-store.ts")).updateCustomKeyStore),
  UpdateKeyDescription: async () =>
    withGrantTokens((await import("./operations/update-key-description.ts")).updateKeyDescription),
  UpdatePrimaryRegion: async () =>
    withGrantTokens((await import("./operations/update-primary-region.ts")).updatePrimaryRegion),
  Verify: async () => withGrantTokens((await import("./operations/verify.ts")).verify),
  VerifyMac: async () => withGrantTokens((await import("./operations/verify-mac.ts")).verifyMac),
};
