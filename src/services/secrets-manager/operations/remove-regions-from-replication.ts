import { RemoveRegionsFromReplicationCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { refuseRegions } from "../replication/requested-replicas.ts";
import { replicaArns, shownReplicas } from "../replication/shape.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { refuseUnchangeable } from "../secrets/secret.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RemoveRegionsFromReplication.html */
export const removeRegionsFromReplication = operation(RemoveRegionsFromReplicationCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found) => secretAccess(found),

  async run(found, input, context, call) {
    const removed = input.RemoveReplicaRegions;
    refuseRegions(call.region, removed);
    const { secret } = await changeFound(context, call, changeableSecret(found), (now) => {
      refuseUnchangeable(now);
      const unknown = removed.find((region) => !now.replicas.some((replica) => replica.region === region));
      if (unknown !== undefined) {
        throw invalidParameter(`The secret ${now.arn} isn't replicated to region ${unknown}.`);
      }
      const replicas = now.replicas.filter(({ region }) => !removed.includes(region));
      return { answer: undefined, secret: { ...now, replicas } };
    });
    const reads = await context.store.secrets.lastReads(replicaArns([secret]));
    return { ARN: secret.arn, ReplicationStatus: shownReplicas(secret, reads) };
  },
});
