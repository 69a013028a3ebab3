import * as client from "@aws-sdk/client-secrets-manager";
import type { Authorize } from "../../aws/call.ts";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Ids } from "../../ids.ts";
import type { Encryption } from "../kms/index.ts";
import { batchGetSecretValue } from "./batch-get-secret-value.ts";
import { createSecret } from "./create-secret.ts";
import { deleteResourcePolicy } from "./delete-resource-policy.ts";
import { deleteSecret } from "./delete-secret.ts";
import { describeSecret } from "./describe-secret.ts";
import { getRandomPassword } from "./get-random-password.ts";
import { getResourcePolicy } from "./get-resource-policy.ts";
import { getSecretValue } from "./get-secret-value.ts";
import limits from "./limits.json" with { type: "json" };
import { listSecretVersionIds } from "./list-secret-version-ids.ts";
import { listSecrets } from "./list-secrets.ts";
import { putResourcePolicy } from "./put-resource-policy.ts";
import { putSecretValue } from "./put-secret-value.ts";
import { restoreSecret } from "./restore-secret.ts";
import type { Secrets } from "./secrets.ts";
import { tagResource } from "./tag-resource.ts";
import { untagResource } from "./untag-resource.ts";
import { updateSecret } from "./update-secret.ts";
import { updateSecretVersionStage } from "./update-secret-version-stage.ts";
import { validateResourcePolicy } from "./validate-resource-policy.ts";

export { type Secrets, secretStore } from "./secrets.ts";

/** What Secrets Manager's operations work with. */
export interface SecretsManager {
  readonly secrets: Secrets;
  readonly encryption: Encryption;
  readonly ids: Ids;
  /** For what is decided secret by secret (BatchGetSecretValue), and for changes that would lock their caller out. */
  readonly authorize: Authorize;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
export function secretsManagerService(context: SecretsManager): Service {
  return service(
    {
      signingName: "secretsmanager",
      targetPrefix: "secretsmanager",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      model: { limits, exports: client },
      operations: [
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
        restoreSecret,
        tagResource,
        untagResource,
        updateSecret,
        updateSecretVersionStage,
        validateResourcePolicy,
      ],
    },
    context,
  );
}
