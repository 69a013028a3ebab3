import { GetResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess, usableSecret } from "../secrets/access.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export const getResourcePolicy = operation(GetResourcePolicyCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:GetResourcePolicy", input.SecretId, call, context),
  async run(_input, _context, call) {
    const { arn, name, resourcePolicy } = usableSecret(call);
    return { ARN: arn, Name: name, ResourcePolicy: resourcePolicy };
  },
});
