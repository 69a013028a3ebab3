import { MalformedPolicyDocumentException$, ValidateResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { accessTo, secretAccess } from "../secrets/access.ts";
import { findSecret, usableSecret } from "../secrets/find.ts";
import { isPublic } from "../secrets/public-policy.ts";
import { broadAccess, lockout, readPolicy, syntaxError } from "../secrets/resource-policy.ts";

const put = "secretsmanager:PutResourcePolicy";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html */
export const validateResourcePolicy = operation(ValidateResourcePolicyCommand)({
  async find(input, call, context: SecretsManager) {
    return input.SecretId === undefined ? undefined : findSecret(context, call, input.SecretId);
  },

  access(found) {
    const need = found ? secretAccess(found) : { resource: "*" };
    return [need, { ...need, action: put }];
  },

  async run(found, input, { authorize }, call) {
    const secret = found && usableSecret(found);
    const policy = readPolicy(input.ResourcePolicy);
    if (!policy) throw new ApiError(MalformedPolicyDocumentException$, syntaxError);
    const errors = isPublic(policy) ? [{ CheckName: "BroadAccess", ErrorMessage: broadAccess }] : [];
    if (secret) {
      const guarded = { ...secret, resourcePolicy: input.ResourcePolicy };
      const denial = await authorize(call, { ...accessTo(guarded), action: put });
      if (denial !== undefined) errors.push({ CheckName: "Lockout", ErrorMessage: lockout });
    }
    return { PolicyValidationPassed: errors.length === 0, ValidationErrors: errors };
  },
});
