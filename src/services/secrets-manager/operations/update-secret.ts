import { UpdateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { keyKeys, secretAccess } from "../secrets/access.ts";
import { findSecret, usableSecret } from "../secrets/find.ts";
import { storedKeyId } from "../secrets/key-id.ts";
import { refuseForeignDefaultKey } from "../secrets/read-value.ts";
import { checkKeyAccess, refuseOtherKey } from "../secrets/sealed-value.ts";
import { refuseReplica } from "../secrets/secret.ts";
import { updateFound } from "../secrets/update.ts";
import { requestedToken, requestedValue } from "../secrets/value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
export const updateSecret = operation(UpdateSecretCommand)({
  async find(input, call, context: SecretsManager) {
    const { KmsKeyId: keyId } = input;
    const keyArn = keyId === undefined ? undefined : await context.encryption.findKeyArn(call, keyId);
    return { ...(await findSecret(context, call, input.SecretId)), keyArn };
  },

  access: (found, input) =>
    secretAccess(found, {
      "secretsmanager:Description": input.Description,
      "secretsmanager:Type": input.Type,
      ...keyKeys(input.KmsKeyId, found.keyArn),
    }),

  async run(found, input, context, call) {
    const versionId = requestedToken(input.ClientRequestToken);
    const value = requestedValue(input);
    if (input.Type !== undefined) throw invalidParameter("Managed external secrets are not supported.");
    const secret = usableSecret(found);
    const isKeyOnly = input.KmsKeyId !== undefined && input.Description === undefined && !value;
    if (!isKeyOnly) refuseReplica(secret);
    const key = input.KmsKeyId === undefined ? undefined : { id: storedKeyId(call, input.KmsKeyId), arn: found.keyArn };
    if (value || key) refuseForeignDefaultKey(call, key ? { ...secret, kmsKeyId: key.id } : secret);
    if (key) refuseOtherKey(key.arn, await checkKeyAccess(context, call, key.id));
    const { Description: description } = input;
    const { arn, name } = await updateFound(context, call, secret, {
      description,
      key,
      version: value && { id: versionId, value },
    });
    return { ARN: arn, Name: name, ...defined({ VersionId: value && versionId }) };
  },
});
