import * as client from "@aws-sdk/client-secrets-manager";
import type { Operation } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { SecretsManager } from "./context.ts";
import limits from "./limits.json" with { type: "json" };
import { batchGetSecretValue } from "./operations/batch-get-secret-value.ts";
import { cancelRotateSecret } from "./operations/cancel-rotate-secret.ts";
import { createSecret } from "./operations/create-secret.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteSecret } from "./operations/delete-secret.ts";
import { describeSecret } from "./operations/describe-secret.ts";
import { getRandomPassword } from "./operations/get-random-password.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { getSecretValue } from "./operations/get-secret-value.ts";
import { listSecretVersionIds } from "./operations/list-secret-version-ids.ts";
import { listSecrets } from "./operations/list-secrets.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { putSecretValue } from "./operations/put-secret-value.ts";
import { removeRegionsFromReplication } from "./operations/remove-regions-from-replication.ts";
import { replicateSecretToRegions } from "./operations/replicate-secret-to-regions.ts";
import { restoreSecret } from "./operations/restore-secret.ts";
import { rotateSecret } from "./operations/rotate-secret.ts";
import { stopReplicationToReplica } from "./operations/stop-replication-to-replica.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateSecret } from "./operations/update-secret.ts";
import { updateSecretVersionStage } from "./operations/update-secret-version-stage.ts";
import { validateResourcePolicy } from "./operations/validate-resource-policy.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<SecretsManager>[] = [
  batchGetSecretValue,
  cancelRotateSecret,
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
  rotateSecret,
  stopReplicationToReplica,
  tagResource,
  untagResource,
  updateSecret,
  updateSecretVersionStage,
  validateResourcePolicy,
];
