import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound, changeIfThere } from "../secrets/change.ts";
import { existingSecret, type FoundSecret, findSecret } from "../secrets/find.ts";
import { nameInArn } from "../secrets/reference.ts";
import { daysAfter, refuseMarkedForDeletion, refuseReplica, type Secret } from "../secrets/secret.ts";

const defaultWindow = 30;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const deleteSecret = operation(DeleteSecretCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),

  access: (found, input) =>
    secretAccess(found, {
      "secretsmanager:RecoveryWindowInDays": input.RecoveryWindowInDays?.toString(),
      "secretsmanager:ForceDeleteWithoutRecovery": input.ForceDeleteWithoutRecovery?.toString(),
    }),

  async run(found, input, context, call) {
    const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced = false } = input;
    if (isForced && days !== undefined) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && !(days >= 7 && days <= 30)) {
      throw invalidParameter("RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    if (isForced) return deleteForGood(context, call, found);
    const deletesAt = daysAfter(call.time, days ?? defaultWindow);
    const { secret } = await changeFound(context, call, existingSecret(found), (now) => {
      refuseReplicated(now);
      refuseMarkedForDeletion(now);
      return { answer: undefined, secret: { ...now, deletesAt } };
    });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: deletesAt };
  },
});

/** A secret that is not there counts as deleted. */
async function deleteForGood(context: SecretsManager, call: Call, { reference, secret }: FoundSecret) {
  if (secret) {
    await changeIfThere(context, call, secret, (now) => {
      refuseReplicated(now);
      return { answer: undefined, isDeleted: true };
    });
  }
  const arn = secret?.arn ?? reference.arn;
  return { ARN: arn, Name: secret?.name ?? nameInArn(arn), DeletionDate: call.time };
}

/** Throws if the secret is a replica or has some. */
function refuseReplicated(secret: Secret): void {
  refuseReplica(secret);
  if (secret.replicas.length === 0) return;
  const regions = secret.replicas.map(({ region }) => region).join(", ");
  throw invalidParameter(`You can't delete secret ${secret.arn} that still has replica regions [${regions}].`);
}
