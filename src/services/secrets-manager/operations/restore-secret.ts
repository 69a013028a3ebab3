import { RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { existingSecret, findSecret } from "../secrets/find.ts";
import { refuseReplica } from "../secrets/secret.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export const restoreSecret = operation(RestoreSecretCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found) => secretAccess(found),
  async run(found, _input, context, call) {
    const { secret } = await changeFound(context, call, existingSecret(found), (now) => {
      refuseReplica(now);
      return { answer: undefined, secret: { ...now, deletesAt: undefined } };
    });
    return { ARN: secret.arn, Name: secret.name };
  },
});
