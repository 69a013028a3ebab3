import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { foundValue, valueAccess } from "../secrets/access.ts";
import { readValue } from "../secrets/read-value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export const getSecretValue = operation(GetSecretValueCommand)({
  access: (input, call, context: SecretsManager) =>
    valueAccess(input.SecretId, { versionId: input.VersionId, stage: input.VersionStage }, call, context),
  run: (input, context, call) =>
    readValue(context, call, foundValue(call), { versionId: input.VersionId, stage: input.VersionStage }),
});
