import { StopReplicationToReplicaCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, secretNotFound } from "../errors.ts";
import { foundSecret, secretAccess } from "../secrets/access.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html */
export const stopReplicationToReplica = operation(StopReplicationToReplicaCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:StopReplicationToReplica", input.SecretId, call, context),

  async run(_input, { secrets }, call) {
    const promoted = await secrets.change(foundSecret(call).arn, { now: call.time }, (secret) => {
      if (secret.primaryRegion === undefined) {
        throw invalidParameter(
          "Operation not permitted on a secret that isn't a replica. Call must be made in the replica secret's region.",
        );
      }
      return { answer: secret, secret: { ...secret, primaryRegion: undefined } };
    });
    if (!promoted) throw secretNotFound();
    return { ARN: promoted.arn };
  },
});
