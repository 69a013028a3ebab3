import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { valueAccess } from "../secrets/access.ts";
import { findValue } from "../secrets/find.ts";
import { readValue } from "../secrets/read-value.ts";
import type { VersionSelector } from "../secrets/reads.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export const getSecretValue = operation(GetSecretValueCommand)({
  find: (input, call, context: SecretsManager) => findValue(context, call, input.SecretId, selectorIn(input)),
  access: (found, input) => valueAccess(found, selectorIn(input)),
  run: (found, input, context, call) => readValue(context, call, found, selectorIn(input)),
});

function selectorIn(input: { readonly VersionId?: string; readonly VersionStage?: string }): VersionSelector {
  return { versionId: input.VersionId, stage: input.VersionStage };
}
