import { RotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { accessDenied, invalidParameter, invalidRequest, secretNotFound } from "../errors.ts";
import { newVersionCopies } from "../replication/copies.ts";
import { begun, type CurrentCopy, type RotationRequest } from "../rotation/begin.ts";
import { isTaskDefinition, type ResolvedFunction } from "../rotation/functions.ts";
import { requestedRotationRules } from "../rotation/requested-rules.ts";
import { changeableSecret, findSecret, secretAccess } from "../secrets/access.ts";
import { openVersion, sealVersion } from "../secrets/sealed-value.ts";
import type { Secret } from "../secrets/secret.ts";
import { current } from "../secrets/stages.ts";
import { requestedToken } from "../secrets/value.ts";

/** What `access` was decided on, which is what is kept. */
const functionByCall = new WeakMap<Call, ResolvedFunction & { readonly isTask: boolean }>();

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
export const rotateSecret = operation(RotateSecretCommand)({
  async access(input, call, context: SecretsManager) {
    const rotate = await secretAccess("secretsmanager:RotateSecret", input.SecretId, call, context, {
      "secretsmanager:RotationLambdaARN": input.RotationLambdaARN,
      "secretsmanager:RotateImmediately": input.RotateImmediately?.toString(),
      "secretsmanager:ModifyRotationRules": String(input.RotationRules !== undefined),
    });
    const secret = findSecret(call);
    const functionArn = input.RotationLambdaARN || (secret && (await context.rotations.find(secret.arn))?.functionArn);
    if (!functionArn) return [rotate];
    const resolved = await context.functions.resolve(functionArn, call);
    functionByCall.set(call, { ...resolved, isTask: isTaskDefinition(functionArn) });
    return [rotate, ...resolved.access];
  },

  async run(input, context, call) {
    const token = requestedToken(input.ClientRequestToken);
    const secret = changeableSecret(call);
    if (input.ExternalSecretRotationMetadata ?? input.ExternalSecretRotationRoleArn) {
      throw invalidParameter("Managed external secrets are not supported.");
    }
    const rules = input.RotationRules && requestedRotationRules(input.RotationRules);
    const functionArn = resolvedFunction(call);
    const request = { token, functionArn, rules, time: call.time };
    await begin(context, call, secret, input.RotateImmediately === false, request);
    return { ARN: secret.arn, Name: secret.name, VersionId: token };
  },
});

function resolvedFunction(call: Call): string {
  const resolved = functionByCall.get(call);
  if (!resolved) throw invalidRequest("No Lambda rotation function ARN is associated with this secret.");
  if (resolved.arn !== undefined) return resolved.arn;
  if (resolved.isTask)
    throw invalidParameter("The task definition in RotationLambdaARN does not exist or is inactive.");
  throw accessDenied(
    "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
  );
}

async function begin(
  context: SecretsManager,
  call: Call,
  found: Secret,
  isTest: boolean,
  request: Omit<RotationRequest, "copy">,
): Promise<void> {
  const options = { now: call.time, versionId: request.token, withRotation: true };
  for (let seen = found; ; ) {
    const copy = isTest ? await copyCurrent(context, call, seen, request.token) : undefined;
    const outcome = await context.secrets.change(seen.arn, options, (now, version, rotation) =>
      begun(now, version, rotation, { ...request, copy }),
    );
    if (!outcome) throw secretNotFound();
    if (outcome.kind === "begun") return;
    if (outcome.kind === "unfinished") {
      throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
    }
    seen = outcome.secret;
  }
}

/** A test is done on an AWSPENDING version that is the current one's copy; there is none where there is no value yet. */
async function copyCurrent(context: SecretsManager, call: Call, seen: Secret, token: string): Promise<CurrentCopy> {
  const versionId = seen.stages.get(current);
  const version = versionId === undefined ? undefined : await context.secrets.version(seen.arn, versionId);
  if (!version) return { seen, copies: [] };
  const value = await openVersion(context, call, seen.arn, version);
  return {
    seen,
    version: await sealVersion(context, call, seen, token, value),
    copies: await newVersionCopies(context, call, seen, token, value),
  };
}
