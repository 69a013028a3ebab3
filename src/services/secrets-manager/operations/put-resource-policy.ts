import {
  MalformedPolicyDocumentException$,
  PublicPolicyException$,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, refuseUnchangeable, secretNotFound } from "../errors.ts";
import { accessTo, changeableSecret, secretAccess } from "../secrets/access.ts";
import { isPublic } from "../secrets/public-policy.ts";
import { broadAccess, lockout, readPolicy, syntaxError } from "../secrets/resource-policy.ts";

const action = "secretsmanager:PutResourcePolicy";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const putResourcePolicy = operation(PutResourcePolicyCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess(action, input.SecretId, call, context, {
      "secretsmanager:BlockPublicPolicy": input.BlockPublicPolicy?.toString(),
    }),

  async run(input, { authorize, secrets }, call) {
    const secret = changeableSecret(call);
    const policy = readPolicy(input.ResourcePolicy);
    if (!policy) throw new ApiError(MalformedPolicyDocumentException$, syntaxError);
    if (input.BlockPublicPolicy && isPublic(policy)) throw new ApiError(PublicPolicyException$, broadAccess);
    const resourcePolicy = input.ResourcePolicy;
    const conditions = { "secretsmanager:BlockPublicPolicy": input.BlockPublicPolicy?.toString() };
    const denial = await authorize(call, accessTo(action, secret, { ...secret, resourcePolicy }, conditions));
    if (denial !== undefined) throw invalidParameter(lockout);
    const changed = await secrets.change(secret.arn, { now: call.time }, (now) => {
      refuseUnchangeable(now);
      return { answer: now, secret: { ...now, resourcePolicy } };
    });
    if (!changed) throw secretNotFound();
    return { ARN: changed.arn, Name: changed.name };
  },
});
