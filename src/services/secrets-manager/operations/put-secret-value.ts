import { LimitExceededException$, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidRequest, refuseUnchangeable, secretNotFound, tokenInUse } from "../errors.ts";
import { newVersionCopies } from "../replication/copies.ts";
import { type ReplicaCopy, sameReplicas } from "../replication/replica.ts";
import { changeableSecret, secretAccess } from "../secrets/access.ts";
import { refuseForeignDefaultKey } from "../secrets/read-value.ts";
import { openVersion, sealVersion } from "../secrets/sealed-value.ts";
import type { Secret, SecretVersion } from "../secrets/secret.ts";
import { attach, current, maximumStages, type Stages, stagesOf } from "../secrets/stages.ts";
import { requestedToken, requestedValue, type SecretValue, sameValue } from "../secrets/value.ts";
import type { Change } from "../secrets/writes.ts";

type Outcome =
  | { readonly kind: "stored" | "existing"; readonly secret: Secret; readonly version: SecretVersion }
  | { readonly kind: "stale"; readonly secret: Secret };

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const putSecretValue = operation(PutSecretValueCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:PutSecretValue", input.SecretId, call, context),

  async run(input, context, call) {
    const versionId = requestedToken(input.ClientRequestToken);
    const value = requestedValue(input);
    if (!value) throw invalidRequest("You must provide either SecretString or SecretBinary.");
    const found = changeableSecret(call);
    refuseForeignDefaultKey(call, found);
    const secret = await storeVersion(context, call, found, { versionId, value, stages: input.VersionStages });
    const stages = stagesOf(secret.stages, versionId);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: versionId,
      ...(stages.length > 0 && { VersionStages: stages }),
    };
  },
});

export interface StoredVersion {
  readonly versionId: string;
  readonly value: SecretValue;
  /** AWSCURRENT unless given. */
  readonly stages: readonly string[] | undefined;
}

/** Adds a version to a secret, or finds that it has just that one; gives the secret as it is then. */
export async function storeVersion(
  context: SecretsManager,
  call: Call,
  found: Secret,
  { versionId, value, stages }: StoredVersion,
): Promise<Secret> {
  for (let seen = found; ; ) {
    const version = await sealVersion(context, call, seen, versionId, value);
    const copies = await newVersionCopies(context, call, seen, versionId, value);
    const outcome = await context.secrets.change(seen.arn, { now: call.time, versionId }, (now, existing) =>
      withVersion(now, existing, { version, copies, seen, stages }),
    );
    if (!outcome) throw secretNotFound();
    if (outcome.kind === "stored") return outcome.secret;
    if (outcome.kind === "existing") {
      const existing = await openVersion(context, call, outcome.secret.arn, outcome.version);
      if (!sameValue(existing, value)) throw tokenInUse(versionId, outcome.secret);
      return outcome.secret;
    }
    seen = outcome.secret;
  }
}

interface NewVersion {
  readonly version: SecretVersion;
  readonly copies: readonly ReplicaCopy[];
  /** The secret that both were encrypted for. */
  readonly seen: Secret;
  readonly stages: readonly string[] | undefined;
}

function withVersion(
  secret: Secret,
  existing: SecretVersion | undefined,
  { version, copies, seen, stages: requestedStages }: NewVersion,
): Change<Outcome> {
  refuseUnchangeable(secret);
  if (existing) return { answer: { kind: "existing", secret, version: existing } };
  if (isStale(seen, secret)) return { answer: { kind: "stale", secret } };
  // A secret's first version is the current one, whatever else it is.
  const labels = requestedStages ?? [current];
  const stages = attach(secret.stages, secret.stages.has(current) ? labels : [...labels, current], version.versionId);
  refuseTooManyStages(stages);
  const changed = { ...secret, stages };
  return { answer: { kind: "stored", secret: changed, version }, secret: changed, add: version, copies };
}

/** Whether what was encrypted for the secret as it was `seen` is encrypted for it no more. */
export function isStale(seen: Secret, secret: Secret): boolean {
  return secret.kmsKeyId !== seen.kmsKeyId || !sameReplicas(secret.replicas, seen.replicas);
}

/** Throws where a secret would have more labels than AWS's quota. */
export function refuseTooManyStages(stages: Stages): void {
  if (stages.size <= maximumStages) return;
  throw new ApiError(
    LimitExceededException$,
    `You can't attach more than ${maximumStages} staging labels across all versions of a secret.`,
  );
}
