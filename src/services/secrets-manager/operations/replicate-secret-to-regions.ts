import { ReplicateSecretToRegionsCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { wholeCopies } from "../replication/copies.ts";
import { withReplicas } from "../replication/replica.ts";
import { requestedReplicas } from "../replication/requested-replicas.ts";
import { replicaArns, shownReplicas } from "../replication/shape.ts";
import { replicationKeys, secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { refuseUnchangeable } from "../secrets/secret.ts";
import { sameStages } from "../secrets/stages.ts";

/**
 * Asked for a region that has a replica, it makes the replica anew: the retry after a failure.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html
 */
export const replicateSecretToRegions = operation(ReplicateSecretToRegionsCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found, input) => secretAccess(found, replicationKeys(input)),

  async run(found, input, context, call) {
    const requested = requestedReplicas(call, input.AddReplicaRegions);
    const overwrites = input.ForceOverwriteReplicaSecret;
    const target = changeableSecret(found);
    for (let seen = target; ; ) {
      const { stages } = seen;
      const placed = await wholeCopies(context, call, seen, requested);
      const { answer: isStored, secret } = await changeFound(context, call, target, (now) => {
        refuseUnchangeable(now);
        // A version that was added meanwhile is not among the copies: they are made again.
        if (!sameStages(now.stages, stages)) return { answer: false };
        const replicas = withReplicas(now.replicas, requested);
        return { answer: true, secret: { ...now, replicas }, placed, overwrites };
      });
      if (!isStored) {
        seen = secret;
        continue;
      }
      const reads = await context.store.secrets.lastReads(replicaArns([secret]));
      return { ARN: secret.arn, ReplicationStatus: shownReplicas(secret, reads) };
    }
  },
});
