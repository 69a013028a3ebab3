import { DeleteResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { refuseUnchangeable } from "../secrets/secret.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = operation(DeleteResourcePolicyCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found) => secretAccess(found),
  async run(found, _input, context, call) {
    const { secret } = await changeFound(context, call, changeableSecret(found), (now) => {
      refuseUnchangeable(now);
      return { answer: undefined, secret: { ...now, resourcePolicy: undefined } };
    });
    return { ARN: secret.arn, Name: secret.name };
  },
});
