import * as client from "@aws-sdk/client-secrets-manager";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { SecretsManager } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<SecretsManager> = {
  BatchGetSecretValue: async () => (await import("./operations/batch-get-secret-value.ts")).batchGetSecretValue,
  CancelRotateSecret: async () => (await import("./operations/cancel-rotate-secret.ts")).cancelRotateSecret,
  CreateSecret: async () => (await import("./operations/create-secret.ts")).createSecret,
  DeleteResourcePolicy: async () => (await import("./operations/delete-resource-policy.ts")).deleteResourcePolicy,
  DeleteSecret: async () => (await import("./operations/delete-secret.ts")).deleteSecret,
  DescribeSecret: async () => (await import("./operations/describe-secret.ts")).describeSecret,
  GetRandomPassword: async () => (await import("./operations/get-random-password.ts")).getRandomPassword,
  GetResourcePolicy: async () => (await import("./operations/get-resource-policy.ts")).getResourcePolicy,
  GetSecretValue: async () => (await import("./operations/get-secret-value.ts")).getSecretValue,
  ListSecretVersionIds: async () => (await import("./operations/list-secret-version-ids.ts")).listSecretVersionIds,
  ListSecrets: async () => (await import("./operations/list-secrets.ts")).listSecrets,
  PutResourcePolicy: async () => (await import("./operations/put-resource-policy.ts")).putResourcePolicy,
  PutSecretValue: async () => (await import("./operations/put-secret-value.ts")).putSecretValue,
  RemoveRegionsFromReplication: async () =>
    (await import("./operations/remove-regions-from-replication.ts")).removeRegionsFromReplication,
  ReplicateSecretToRegions: async () =>
    (await import("./operations/replicate-secret-to-regions.ts")).replicateSecretToRegions,
  RestoreSecret: async () => (await import("./operations/restore-secret.ts")).restoreSecret,
  RotateSecret: async () => (await import("./operations/rotate-secret.ts")).rotateSecret,
  StopReplicationToReplica: async () =>
    (await import("./operations/stop-replication-to-replica.ts")).stopReplicationToReplica,
  TagResource: async () => (await import("./operations/tag-resource.ts")).tagResource,
  UntagResource: async () => (await import("./operations/untag-resource.ts")).untagResource,
  UpdateSecret: async () => (await import("./operations/update-secret.ts")).updateSecret,
  UpdateSecretVersionStage: async () =>
    (await import("./operations/update-secret-version-stage.ts")).updateSecretVersionStage,
  ValidateResourcePolicy: async () => (await import("./operations/validate-resource-policy.ts")).validateResourcePolicy,
};
