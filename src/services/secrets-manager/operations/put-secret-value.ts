import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidRequest } from "../errors.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { refuseForeignDefaultKey } from "../secrets/read-value.ts";
import { stagesOf } from "../secrets/stages.ts";
import { storeVersion } from "../secrets/store-version.ts";
import { requestedToken, requestedValue } from "../secrets/value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const putSecretValue = operation(PutSecretValueCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found) => secretAccess(found),

  async run(found, input, context, call) {
    const versionId = requestedToken(input.ClientRequestToken);
    const value = requestedValue(input);
    if (!value) throw invalidRequest("You must provide either SecretString or SecretBinary.");
    const target = changeableSecret(found);
    refuseForeignDefaultKey(call, target);
    const secret = await storeVersion(context, call, target, { versionId, value, stages: input.VersionStages });
    const stages = stagesOf(secret.stages, versionId);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: versionId,
      ...defined({ VersionStages: stages.length > 0 ? stages : undefined }),
    };
  },
});
