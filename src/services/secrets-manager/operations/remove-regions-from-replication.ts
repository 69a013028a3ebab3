import { RemoveRegionsFromReplicationCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, refuseUnchangeable, secretNotFound } from "../errors.ts";
import { requestedRegions } from "../replication/replica.ts";
import { replicationStatus } from "../replication/shape.ts";
import { changeableSecret, secretAccess } from "../secrets/access.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RemoveRegionsFromReplication.html */
export const removeRegionsFromReplication = operation(RemoveRegionsFromReplicationCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:RemoveRegionsFromReplication", input.SecretId, call, context),

  async run(input, { secrets }, call) {
    const removed = requestedRegions(call.region, input.RemoveReplicaRegions);
    const changed = await secrets.change(changeableSecret(call).arn, { now: call.time }, (secret) => {
      refuseUnchangeable(secret);
      const unknown = removed.find((region) => !secret.replicas.some((replica) => replica.region === region));
      if (unknown !== undefined) {
        throw invalidParameter(`The secret ${secret.arn} isn't replicated to region ${unknown}.`);
      }
      const replicas = secret.replicas.filter(({ region }) => !removed.includes(region));
      const answer = { ...secret, replicas };
      return { answer, secret: answer };
    });
    if (!changed) throw secretNotFound();
    return { ARN: changed.arn, ReplicationStatus: await replicationStatus(secrets, changed) };
  },
});
