import { CancelRotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { refuseUnchangeable } from "../secrets/secret.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html */
export const cancelRotateSecret = operation(CancelRotateSecretCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found) => secretAccess(found),
  async run(found, _input, context, call) {
    const { answer: token, secret } = await changeFound(
      context,
      call,
      changeableSecret(found),
      (now, _version, rotation) => {
        refuseUnchangeable(now);
        const answer = rotation?.run?.token;
        if (!rotation) return { answer };
        // The labels stay where they are, as on AWS.
        const canceled = { ...rotation, isEnabled: false, rotatesAt: undefined, run: undefined };
        return { answer, secret: now, rotation: canceled };
      },
      { withRotation: true },
    );
    return { ARN: secret.arn, Name: secret.name, ...defined({ VersionId: token }) };
  },
});
