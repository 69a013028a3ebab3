import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, refuseMarkedForDeletion, refuseReplica, secretNotFound } from "../errors.ts";
import { findSecret, foundSecret, secretAccess } from "../secrets/access.ts";
import { daysAfter, nameInArn, type Secret, secretReference } from "../secrets/secret.ts";

const defaultWindow = 30;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const deleteSecret = operation(DeleteSecretCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:DeleteSecret", input.SecretId, call, context, {
      "secretsmanager:RecoveryWindowInDays": input.RecoveryWindowInDays?.toString(),
      "secretsmanager:ForceDeleteWithoutRecovery": input.ForceDeleteWithoutRecovery?.toString(),
    }),

  async run(input, { secrets }, call) {
    const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced = false } = input;
    if (isForced && days !== undefined) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && !(days >= 7 && days <= 30)) {
      throw invalidParameter("RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    if (isForced) {
      const found = findSecret(call);
      const deleted =
        found &&
        (await secrets.change(found.arn, { now: call.time }, (secret) => {
          refuseReplicated(secret);
          return { answer: secret, isDeleted: true };
        }));
      const secret = deleted ?? found;
      const arn = secret?.arn ?? secretReference(call, input.SecretId)?.arn ?? input.SecretId;
      return { ARN: arn, Name: secret?.name ?? nameInArn(arn), DeletionDate: call.time };
    }
    const deletesAt = daysAfter(call.time, days ?? defaultWindow);
    const deleted = await secrets.change(foundSecret(call).arn, { now: call.time }, (secret) => {
      refuseReplicated(secret);
      refuseMarkedForDeletion(secret);
      return { answer: secret, secret: { ...secret, deletesAt } };
    });
    if (!deleted) throw secretNotFound();
    return { ARN: deleted.arn, Name: deleted.name, DeletionDate: deletesAt };
  },
});

/** Throws where the secret is a replica or has some. */
function refuseReplicated(secret: Secret): void {
  refuseReplica(secret);
  if (secret.replicas.length === 0) return;
  const regions = secret.replicas.map(({ region }) => region).join(", ");
  throw invalidParameter(`You can't delete secret ${secret.arn} that still has replica regions [${regions}].`);
}
