import { ReplicateSecretToRegionsCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { refuseUnchangeable, secretNotFound } from "../errors.ts";
import { wholeCopies } from "../replication/copies.ts";
import { requestedReplicas, withReplicas } from "../replication/replica.ts";
import { replicationStatus } from "../replication/shape.ts";
import { changeableSecret, replicationConditions, secretAccess } from "../secrets/access.ts";
import { sameStages } from "../secrets/stages.ts";

/**
 * Asked for a region that has a replica, it makes the replica anew: the retry after a failure.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html
 */
export const replicateSecretToRegions = operation(ReplicateSecretToRegionsCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess(
      "secretsmanager:ReplicateSecretToRegions",
      input.SecretId,
      call,
      context,
      replicationConditions(input),
    ),

  async run(input, context, call) {
    const { secrets } = context;
    const requested = requestedReplicas(call, input.AddReplicaRegions);
    let seen = changeableSecret(call);
    for (;;) {
      const placed = await wholeCopies(context, call, seen, requested);
      const { arn, stages } = seen;
      const outcome = await secrets.change(arn, { now: call.time }, (secret) => {
        refuseUnchangeable(secret);
        // A version that came in the meantime is not among the copies: once more.
        if (!sameStages(secret.stages, stages)) return { answer: { secret, isStored: false } };
        const replicas = withReplicas(secret.replicas, requested);
        const overwrites = input.ForceOverwriteReplicaSecret;
        return { answer: { secret, isStored: true }, secret: { ...secret, replicas }, placed, overwrites };
      });
      if (!outcome) throw secretNotFound();
      if (!outcome.isStored) {
        seen = outcome.secret;
        continue;
      }
      const replicated = await secrets.find(seen, call.time);
      return { ARN: arn, ReplicationStatus: await replicationStatus(secrets, replicated ?? seen) };
    }
  },
});
