import { RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { refuseReplica, secretNotFound } from "../errors.ts";
import { foundSecret, secretAccess } from "../secrets/access.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export const restoreSecret = operation(RestoreSecretCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:RestoreSecret", input.SecretId, call, context),
  async run(_input, { secrets }, call) {
    const restored = await secrets.change(foundSecret(call).arn, { now: call.time }, (secret) => {
      refuseReplica(secret);
      return { answer: secret, secret: { ...secret, deletesAt: undefined } };
    });
    if (!restored) throw secretNotFound();
    return { ARN: restored.arn, Name: restored.name };
  },
});
