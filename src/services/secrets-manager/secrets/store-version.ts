import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { newVersionCopies } from "../replication/copies.ts";
import type { ReplicaCopy } from "../replication/records.ts";
import { sameReplicas } from "../replication/replica.ts";
import { changeFound } from "./change.ts";
import { refuseOtherValue, sealVersion } from "./sealed-value.ts";
import { refuseUnchangeable, type Secret, type SecretVersion } from "./secret.ts";
import { attach, current, refuseTooManyStages } from "./stages.ts";
import type { SecretValue } from "./value.ts";
import type { Change } from "./writes.ts";

export interface NewVersion {
  readonly versionId: string;
  readonly value: SecretValue;
  /** AWSCURRENT unless given. */
  readonly stages: readonly string[] | undefined;
}

/** `stale`: the value was encrypted for the secret as it was before another change. */
type Outcome = { readonly kind: "stored" | "stale" } | { readonly kind: "existing"; readonly version: SecretVersion };

/** Adds a version to the secret that was found, unless it has just that one. Gives the secret as it is then. */
export async function storeVersion(
  context: SecretsManager,
  call: Call,
  found: Secret,
  { versionId, value, stages }: NewVersion,
): Promise<Secret> {
  for (let seen = found; ; ) {
    const version = await sealVersion(context, call, seen, versionId, value);
    const copies = await newVersionCopies(context, call, seen, versionId, value);
    const { answer, secret } = await changeFound(
      context,
      call,
      found,
      (now, existing) => withVersion(now, existing, { version, copies, seen, stages }),
      { versionId },
    );
    if (answer.kind === "stored") return secret;
    if (answer.kind === "existing") {
      await refuseOtherValue(context, call, secret.arn, answer.version, value);
      return secret;
    }
    seen = secret;
  }
}

interface SealedVersion {
  readonly version: SecretVersion;
  readonly copies: readonly ReplicaCopy[];
  /** The secret for which both were encrypted. */
  readonly seen: Secret;
  readonly stages: readonly string[] | undefined;
}

function withVersion(
  secret: Secret,
  existing: SecretVersion | undefined,
  { version, copies, seen, stages: requestedStages }: SealedVersion,
): Change<Outcome> {
  refuseUnchangeable(secret);
  if (existing) return { answer: { kind: "existing", version: existing } };
  if (isStale(seen, secret)) return { answer: { kind: "stale" } };
  // A secret's first version is the current one, whatever else it is.
  const labels = requestedStages ?? [current];
  const stages = attach(secret.stages, secret.stages.has(current) ? labels : [...labels, current], version.versionId);
  refuseTooManyStages(stages);
  return { answer: { kind: "stored" }, secret: { ...secret, stages }, add: version, copies };
}

/** True if a version that was encrypted for the secret as it was `seen` has the wrong key or replicas now. */
export function isStale(seen: Secret, secret: Secret): boolean {
  return secret.kmsKeyId !== seen.kmsKeyId || !sameReplicas(secret.replicas, seen.replicas);
}
