import { RotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { accessDeniedException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, invalidRequest } from "../errors.ts";
import { beginRotation } from "../rotation/begin.ts";
import type { ResolvedFunction } from "../rotation/function.ts";
import { isTaskDefinition } from "../rotation/functions.ts";
import { requestedRotationRules } from "../rotation/requested-rules.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { requestedToken } from "../secrets/value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
export const rotateSecret = operation(RotateSecretCommand)({
  async find(input, call, context: SecretsManager) {
    const { reference, secret } = await findSecret(context, call, input.SecretId);
    const functionArn = input.RotationLambdaARN || secret?.rotationFunctionArn;
    const resolved = functionArn ? await context.functions.resolve(functionArn, call) : undefined;
    return { reference, secret, functionArn, resolved };
  },

  access: (found, input) => [
    secretAccess(found, {
      "secretsmanager:RotationLambdaARN": input.RotationLambdaARN,
      "secretsmanager:RotateImmediately": input.RotateImmediately?.toString(),
      "secretsmanager:ModifyRotationRules": String(input.RotationRules !== undefined),
    }),
    ...(found.resolved?.access ?? []),
  ],

  async run(found, input, context, call) {
    const token = requestedToken(input.ClientRequestToken);
    const secret = changeableSecret(found);
    if (input.ExternalSecretRotationMetadata ?? input.ExternalSecretRotationRoleArn) {
      throw invalidParameter("Managed external secrets are not supported.");
    }
    const rules = input.RotationRules && requestedRotationRules(input.RotationRules);
    const functionArn = resolvedFunction(found.functionArn, found.resolved);
    const request = { token, functionArn, rules, time: call.time, isTest: input.RotateImmediately === false };
    await beginRotation(context, call, secret, request);
    return { ARN: secret.arn, Name: secret.name, VersionId: token };
  },
});

/** The function's ARN in the form in which it is kept; throws if there is no such function. */
function resolvedFunction(asked: string | undefined, resolved: ResolvedFunction | undefined): string {
  if (!asked || !resolved) {
    throw invalidRequest("No Lambda rotation function ARN is associated with this secret.");
  }
  if (resolved.arn !== undefined) return resolved.arn;
  if (isTaskDefinition(asked))
    throw invalidParameter("The task definition in RotationLambdaARN does not exist or is inactive.");
  throw accessDeniedException(
    "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
  );
}
