import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { foundSecret, secretAccess } from "../secret-access.ts";
import { replicationOf } from "../shown-replication.ts";
import { shownRotation } from "../shown-rotation.ts";
import { shownSecret } from "../shown-secret.ts";
import { versionsToStages } from "../stages.ts";

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
