import {
  MalformedPolicyDocumentException$,
  PublicPolicyException$,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { accessTo, secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { isPublic } from "../secrets/public-policy.ts";
import { broadAccess, lockout, readPolicy, syntaxError } from "../secrets/resource-policy.ts";
import { refuseUnchangeable } from "../secrets/secret.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const putResourcePolicy = operation(PutResourcePolicyCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found, input) => secretAccess(found, requestKeys(input)),

  async run(found, input, context, call) {
    const secret = changeableSecret(found);
    const policy = readPolicy(input.ResourcePolicy);
    if (!policy) throw new ApiError(MalformedPolicyDocumentException$, syntaxError);
    if (input.BlockPublicPolicy && isPublic(policy)) throw new ApiError(PublicPolicyException$, broadAccess);
    const resourcePolicy = input.ResourcePolicy;
    const denial = await context.authorize(call, {
      ...accessTo({ ...secret, resourcePolicy }, requestKeys(input)),
      action: "secretsmanager:PutResourcePolicy",
    });
    if (denial !== undefined) throw invalidParameter(lockout);
    const changed = await changeFound(context, call, secret, (now) => {
      refuseUnchangeable(now);
      return { answer: undefined, secret: { ...now, resourcePolicy } };
    });
    return { ARN: changed.secret.arn, Name: changed.secret.name };
  },
});

function requestKeys({ BlockPublicPolicy }: { readonly BlockPublicPolicy?: boolean }) {
  return { "secretsmanager:BlockPublicPolicy": BlockPublicPolicy?.toString() };
}
