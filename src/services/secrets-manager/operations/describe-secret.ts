import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { replicaArns, shownReplication } from "../replication/shape.ts";
import { shownRotation } from "../rotation/shape.ts";
import { secretAccess } from "../secrets/access.ts";
import { existingSecret, findSecret } from "../secrets/find.ts";
import { shownSecret } from "../secrets/shape.ts";
import { versionsToStages } from "../secrets/stages.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export const describeSecret = operation(DescribeSecretCommand)({
  async find(input, call, context: SecretsManager) {
    const { reference, secret } = await findSecret(context, call, input.SecretId);
    const { secrets, rotations } = context.store;
    return {
      reference,
      secret,
      rotation: secret && (await rotations.find(secret.arn)),
      reads: await secrets.lastReads(secret ? replicaArns([secret]) : []),
    };
  },
  access: (found) => secretAccess(found),
  async run(found) {
    const secret = existingSecret(found);
    return {
      ...shownSecret(secret),
      ...shownReplication(secret, found.reads),
      ...shownRotation(found.rotation),
      VersionIdsToStages: versionsToStages(secret.stages),
    };
  },
});
