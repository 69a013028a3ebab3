import { StopReplicationToReplicaCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { existingSecret, findSecret } from "../secrets/find.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html */
export const stopReplicationToReplica = operation(StopReplicationToReplicaCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found) => secretAccess(found),
  async run(found, _input, context, call) {
    const { secret } = await changeFound(context, call, existingSecret(found), (now) => {
      if (now.primaryRegion === undefined) {
        throw invalidParameter(
          "Operation not permitted on a secret that isn't a replica. Call must be made in the replica secret's region.",
        );
      }
      return { answer: undefined, secret: { ...now, primaryRegion: undefined } };
    });
    return { ARN: secret.arn };
  },
});
