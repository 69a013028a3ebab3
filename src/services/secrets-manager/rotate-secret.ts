import { RotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Call } from "../../aws/call.ts";
import { operation } from "../../aws/operation.ts";
import {
  accessDenied,
  invalidParameter,
  invalidRequest,
  refuseUnchangeable,
  secretNotFound,
  tokenInUse,
} from "./errors.ts";
import type { SecretsManager } from "./index.ts";
import { storeVersion } from "./put-secret-value.ts";
import { requestedRotationRules } from "./requested-rotation-rules.ts";
import { isUnderWay, newRun, type Rotation, reattempted } from "./rotation.ts";
import { nextWindow, type RotationRules } from "./rotation-schedule.ts";
import { openVersion } from "./sealed-value.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { changeableSecret, findSecret, secretAccess } from "./secret-access.ts";
import { requestedToken } from "./secret-value.ts";
import type { Change } from "./secret-writes.ts";
import { attach, current, pending } from "./stages.ts";

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
    return [rotate, ...(await context.functions.access(functionArn, call))];
  },

  async run(input, context, call) {
    const token = requestedToken(input.ClientRequestToken);
    const secret = changeableSecret(call);
    if (input.ExternalSecretRotationMetadata ?? input.ExternalSecretRotationRoleArn) {
      throw invalidParameter("Managed external secrets are not supported.");
    }
    const rules = input.RotationRules && requestedRotationRules(input.RotationRules, call.time);
    const functionArn = input.RotationLambdaARN || (await context.rotations.find(secret.arn))?.functionArn;
    if (!functionArn) throw invalidRequest("No Lambda rotation function ARN is associated with this secret.");
    if (!context.functions.find(functionArn)) {
      throw accessDenied(
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
      );
    }
    const request: Request = { token, functionArn, rules, isTest: input.RotateImmediately === false, time: call.time };
    if (request.isTest && !isUnfinished(secret)) await copyCurrent(context, call, secret, token);
    const options = { now: call.time, versionId: token, withRotation: true };
    const outcome = await context.secrets.change(secret.arn, options, (now, version, rotation) =>
      begin(now, version, rotation, request),
    );
    if (!outcome) throw secretNotFound();
    if (outcome === "unfinished") {
      throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
    }
    return { ARN: secret.arn, Name: secret.name, VersionId: token };
  },
});

interface Request {
  readonly token: string;
  readonly functionArn: string;
  readonly rules: RotationRules | undefined;
  /** Runs `testSecret` only. */
  readonly isTest: boolean;
  readonly time: Date;
}

function begin(
  secret: Secret,
  version: SecretVersion | undefined,
  before: Rotation | undefined,
  { token, functionArn, rules: given, isTest, time }: Request,
): Change<"begun" | "unfinished"> {
  refuseUnchangeable(secret);
  const isSame = before?.run?.token === token;
  if (isSame) return { answer: "begun" };
  if (isUnderWay(before?.run, time)) return { answer: "unfinished" };
  const holder = secret.stages.get(pending);
  if (holder !== token && isUnfinished(secret)) {
    if (!before?.run) return { answer: "unfinished" };
    return { answer: "unfinished", rotation: { ...before, run: reattempted(before.run, time) } };
  }
  // Of a rotation with this token that is over.
  if (version && secret.stages.get(current) === token) return { answer: "begun" };
  if (version && holder !== token) throw tokenInUse(token, secret);
  const rules = given ?? before?.rules;
  const rotation: Rotation = {
    isEnabled: true,
    functionArn,
    rules,
    lastRotatedAt: before?.lastRotatedAt,
    rotatesAt: rules && nextWindow(rules, time)?.start,
    run: newRun(token, isTest ? "test" : "rotation", time),
  };
  return { answer: "begun", secret: { ...secret, stages: attach(secret.stages, [pending], token) }, rotation };
}

/** Whether an earlier rotation has left AWSPENDING where AWSCURRENT is not. */
function isUnfinished({ stages }: Secret): boolean {
  return stages.has(pending) && stages.get(pending) !== stages.get(current);
}

/** A test is done on an AWSPENDING version that is the current one's copy. */
async function copyCurrent(context: SecretsManager, call: Call, secret: Secret, token: string): Promise<void> {
  const versionId = secret.stages.get(current);
  const version = versionId === undefined ? undefined : await context.secrets.version(secret.arn, versionId);
  if (!version) return;
  const value = await openVersion(context, call, secret.arn, version);
  await storeVersion(context, call, secret, { versionId: token, value, stages: [pending] });
}
