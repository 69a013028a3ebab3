import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { replicationOf } from "../replication/shape.ts";
import { shownRotation } from "../rotation/shape.ts";
import { foundSecret, secretAccess } from "../secrets/access.ts";
import { shownSecret } from "../secrets/shape.ts";
import { versionsToStages } from "../secrets/stages.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export const describeSecret = operation(DescribeSecretCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:DescribeSecret", input.SecretId, call, context),
  async run(_input, { secrets, rotations }, call) {
    const secret = foundSecret(call);
    const rotation = shownRotation(await rotations.find(secret.arn));
    const replication = await replicationOf(secrets, [secret]);
    return {
      ...shownSecret(secret),
      ...replication(secret),
      ...rotation,
      VersionIdsToStages: versionsToStages(secret.stages),
    };
  },
});
