import { MalformedPolicyDocumentException$, ValidateResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import type { Access } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { accessTo, secretAccess, usableSecret } from "../secrets/access.ts";
import { isPublic } from "../secrets/public-policy.ts";
import { broadAccess, lockout, readPolicy, syntaxError } from "../secrets/resource-policy.ts";

const validate = "secretsmanager:ValidateResourcePolicy";
const put = "secretsmanager:PutResourcePolicy";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html */
export const validateResourcePolicy = operation(ValidateResourcePolicyCommand)({
  async access(input, call, context: SecretsManager): Promise<Access[]> {
    if (input.SecretId === undefined) return [validate, put].map((action) => ({ action, resource: "*" }));
    const access = await secretAccess(validate, input.SecretId, call, context);
    return [access, { ...access, action: put }];
  },

  async run(input, { authorize }, call) {
    const secret = input.SecretId === undefined ? undefined : usableSecret(call);
    const policy = readPolicy(input.ResourcePolicy);
    if (!policy) throw new ApiError(MalformedPolicyDocumentException$, syntaxError);
    const errors = isPublic(policy) ? [{ CheckName: "BroadAccess", ErrorMessage: broadAccess }] : [];
    if (secret) {
      const guarded = { ...secret, resourcePolicy: input.ResourcePolicy };
      const denial = await authorize(call, accessTo(put, secret, guarded));
      if (denial !== undefined) errors.push({ CheckName: "Lockout", ErrorMessage: lockout });
    }
    return { PolicyValidationPassed: errors.length === 0, ValidationErrors: errors };
  },
});
