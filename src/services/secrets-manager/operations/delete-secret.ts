import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { existingSecret, findSecret } from "../secrets/find.ts";
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
    // By force, a secret that is not there counts as deleted.
    if (isForced && !found.secret) {
      const { arn } = found.reference;
      return { ARN: arn, Name: nameInArn(arn), DeletionDate: call.time };
    }
    const deletesAt = isForced ? call.time : daysAfter(call.time, days ?? defaultWindow);
    const { secret } = await changeFound(context, call, existingSecret(found), (now) => {
      refuseReplicated(now);
      if (isForced) return { answer: undefined, isDeleted: true };
      refuseMarkedForDeletion(now);
      return { answer: undefined, secret: { ...now, deletesAt } };
    });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: deletesAt };
  },
});

/** Throws if the secret is a replica or has some. */
function refuseReplicated(secret: Secret): void {
  refuseReplica(secret);
  if (secret.replicas.length === 0) return;
  const regions = secret.replicas.map(({ region }) => region).join(", ");
  throw invalidParameter(`You can't delete secret ${secret.arn} that still has replica regions [${regions}].`);
}
