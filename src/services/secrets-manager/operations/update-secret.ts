import { UpdateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, refuseMarkedForDeletion, refuseReplica, secretNotFound, tokenInUse } from "../errors.ts";
import { newVersionCopies } from "../replication/copies.ts";
import { sameReplicas } from "../replication/replica.ts";
import { keyConditions, secretAccess, usableSecret } from "../secrets/access.ts";
import { refuseForeignDefaultKey } from "../secrets/read-value.ts";
import { checkKeyAccess, resealVersion, sealVersion } from "../secrets/sealed-value.ts";
import { type Secret, type SecretVersion, storedKeyId } from "../secrets/secret.ts";
import { attach, current, pending, previous, sameStages } from "../secrets/stages.ts";
import { requestedToken, requestedValue } from "../secrets/value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
export const updateSecret = operation(UpdateSecretCommand)({
  access: async (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:UpdateSecret", input.SecretId, call, context, {
      "secretsmanager:Description": input.Description,
      "secretsmanager:Type": input.Type,
      ...(await keyConditions(context, call, input.KmsKeyId)),
    }),

  async run(input, context, call) {
    const versionId = requestedToken(input.ClientRequestToken);
    const value = requestedValue(input);
    if (input.Type !== undefined) throw invalidParameter("Managed external secrets are not supported.");
    let secret = usableSecret(call);
    const isKeyOnly = input.KmsKeyId !== undefined && input.Description === undefined && !value;
    if (!isKeyOnly) refuseReplica(secret);
    const givenKeyId = input.KmsKeyId === undefined ? undefined : { kmsKeyId: storedKeyId(call, input.KmsKeyId) };
    if (value || givenKeyId) refuseForeignDefaultKey(call, { ...secret, ...givenKeyId });
    if (givenKeyId) await checkKeyAccess(context, call, givenKeyId.kmsKeyId);
    for (;;) {
      const seen = secret;
      const target = { ...seen, ...givenKeyId };
      const add = value && (await sealVersion(context, call, target, versionId, value));
      const copies = value && (await newVersionCopies(context, call, seen, versionId, value));
      const reencrypted = target.kmsKeyId === seen.kmsKeyId ? [] : await reencrypt(context, call, seen, target);
      const description = input.Description === undefined ? undefined : { description: input.Description || undefined };
      const outcome = await context.secrets.change(
        seen.arn,
        { now: call.time, versionId: add?.versionId },
        (now, existing) => {
          refuseMarkedForDeletion(now);
          if (!isKeyOnly) refuseReplica(now);
          if (existing) throw tokenInUse(versionId, now);
          // What was encrypted belongs to the secret as it was seen: otherwise once more.
          const isStale =
            now.kmsKeyId !== seen.kmsKeyId ||
            (givenKeyId && !sameStages(now.stages, seen.stages)) ||
            (add && !sameReplicas(now.replicas, seen.replicas));
          if ((add || givenKeyId) && isStale) return { answer: { secret: now, isStored: false } };
          const stages = add ? attach(now.stages, [current], versionId) : now.stages;
          const changed = { ...now, ...description, ...givenKeyId, stages };
          return { answer: { secret: changed, isStored: true }, secret: changed, add, copies, reencrypted };
        },
      );
      if (!outcome) throw secretNotFound();
      secret = outcome.secret;
      if (outcome.isStored) return { ARN: secret.arn, Name: secret.name, ...(add && { VersionId: versionId }) };
    }
  },
});

/** The versions with AWS's own labels under the secret's new key. */
async function reencrypt(
  context: SecretsManager,
  call: Call,
  secret: Secret,
  target: Secret,
): Promise<SecretVersion[]> {
  const ids = new Set([current, pending, previous].map((label) => secret.stages.get(label)));
  const reencrypted: SecretVersion[] = [];
  for (const id of ids) {
    const version = id === undefined ? undefined : await context.secrets.version(secret.arn, id);
    const resealed = version && (await resealVersion(context, call, target, version));
    if (resealed) reencrypted.push(resealed);
  }
  return reencrypted;
}
