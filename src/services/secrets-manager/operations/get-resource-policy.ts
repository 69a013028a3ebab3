import { GetResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess } from "../secrets/access.ts";
import { findSecret, usableSecret } from "../secrets/find.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export const getResourcePolicy = operation(GetResourcePolicyCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found) => secretAccess(found),
  async run(found) {
    const { arn, name, resourcePolicy } = usableSecret(found);
    return { ARN: arn, Name: name, ResourcePolicy: resourcePolicy };
  },
});
