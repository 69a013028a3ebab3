import { CancelRotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { refuseUnchangeable, secretNotFound } from "../errors.ts";
import { changeableSecret, secretAccess } from "../secrets/access.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html */
export const cancelRotateSecret = operation(CancelRotateSecretCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:CancelRotateSecret", input.SecretId, call, context),

  async run(_input, { secrets }, call) {
    const { arn } = changeableSecret(call);
    const canceled = await secrets.change(arn, { now: call.time, withRotation: true }, (secret, _version, rotation) => {
      refuseUnchangeable(secret);
      const answer = { secret, token: rotation?.run?.token };
      if (!rotation) return { answer };
      // The labels stay where they are, as on AWS.
      return { answer, secret, rotation: { ...rotation, isEnabled: false, rotatesAt: undefined, run: undefined } };
    });
    if (!canceled) throw secretNotFound();
    const { secret, token } = canceled;
    return { ARN: secret.arn, Name: secret.name, ...(token !== undefined && { VersionId: token }) };
  },
});
