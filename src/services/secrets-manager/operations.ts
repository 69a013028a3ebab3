import * as client from "@aws-sdk/client-secrets-manager";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import { batchGetSecretValue } from "./batch-get-secret-value.ts";
import { createSecret } from "./create-secret.ts";
import { deleteResourcePolicy } from "./delete-resource-policy.ts";
import { deleteSecret } from "./delete-secret.ts";
import { describeSecret } from "./describe-secret.ts";
import { getRandomPassword } from "./get-random-password.ts";
import { getResourcePolicy } from "./get-resource-policy.ts";
import { getSecretValue } from "./get-secret-value.ts";
import type { SecretsManager } from "./index.ts";
import limits from "./limits.json" with { type: "json" };
import { listSecretVersionIds } from "./list-secret-version-ids.ts";
import { listSecrets } from "./list-secrets.ts";
import { putResourcePolicy } from "./put-resource-policy.ts";
import { putSecretValue } from "./put-secret-value.ts";
import { removeRegionsFromReplication } from "./remove-regions-from-replication.ts";
import { replicateSecretToRegions } from "./replicate-secret-to-regions.ts";
import { restoreSecret } from "./restore-secret.ts";
import { stopReplicationToReplica } from "./stop-replication-to-replica.ts";
import { tagResource } from "./tag-resource.ts";
import { untagResource } from "./untag-resource.ts";
import { updateSecret } from "./update-secret.ts";
import { updateSecretVersionStage } from "./update-secret-version-stage.ts";
import { validateResourcePolicy } from "./validate-resource-policy.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<SecretsManager>[] = [
  batchGetSecretValue,
  createSecret,
  deleteResourcePolicy,
  deleteSecret,
  describeSecret,
  getRandomPassword,
  getResourcePolicy,
  getSecretValue,
  listSecretVersionIds,
  listSecrets,
  putResourcePolicy,
  putSecretValue,
  removeRegionsFromReplication,
  replicateSecretToRegions,
  restoreSecret,
  stopReplicationToReplica,
  tagResource,
  untagResource,
  updateSecret,
  updateSecretVersionStage,
  validateResourcePolicy,
];
