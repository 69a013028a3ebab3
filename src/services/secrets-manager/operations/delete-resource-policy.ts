import { DeleteResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { refuseUnchangeable, secretNotFound } from "../errors.ts";
import { changeableSecret, secretAccess } from "../secrets/access.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = operation(DeleteResourcePolicyCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:DeleteResourcePolicy", input.SecretId, call, context),
  async run(_input, { secrets }, call) {
    const changed = await secrets.change(changeableSecret(call).arn, { now: call.time }, (secret) => {
      refuseUnchangeable(secret);
      return { answer: secret, secret: { ...secret, resourcePolicy: undefined } };
    });
    if (!changed) throw secretNotFound();
    return { ARN: changed.arn, Name: changed.name };
  },
});
