import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { invalidRequest, tokenInUse } from "../errors.ts";
import { newVersionCopies } from "../replication/copies.ts";
import type { ReplicaCopy } from "../replication/records.ts";
import { changeFound } from "../secrets/change.ts";
import { openVersion, sealVersion } from "../secrets/sealed-value.ts";
import { refuseUnchangeable, type Secret, type SecretVersion } from "../secrets/secret.ts";
import { attach, current, pending, refuseTooManyStages } from "../secrets/stages.ts";
import { isStale } from "../secrets/store-version.ts";
import type { Change } from "../secrets/writes.ts";
import { isUnderWay, newRun, type Rotation, reattempted } from "./rotation.ts";
import { nextWindow, type RotationRules } from "./schedule.ts";

interface RotationRequest {
  readonly token: string;
  readonly functionArn: string;
  readonly rules: RotationRules | undefined;
  readonly time: Date;
  /** A test runs `testSecret` only. */
  readonly isTest: boolean;
}

/** The current version's value, copied into the version that a test reads. */
interface CurrentCopy {
  /** The secret from which it was made. */
  readonly seen: Secret;
  /** Absent if the secret has no value yet. */
  readonly version?: SecretVersion;
  readonly copies: readonly ReplicaCopy[];
}

/** `stale`: the copy was made from the secret as it was before another change. */
type Outcome = "begun" | "unfinished" | "stale";

/** Begins a rotation of the secret that was found and authorised, or a test of one. */
export async function beginRotation(
  context: SecretsManager,
  call: Call,
  found: Secret,
  request: RotationRequest,
): Promise<void> {
  const { token, isTest } = request;
  for (let seen = found; ; ) {
    const copy = isTest ? await copyCurrent(context, call, seen, token) : undefined;
    const { answer: outcome, secret } = await changeFound(
      context,
      call,
      found,
      (now, version, rotation) => begun(now, version, rotation, request, copy),
      { versionId: token, withRotation: true },
    );
    if (outcome === "begun") return;
    if (outcome === "unfinished") {
      throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
    }
    seen = secret;
  }
}

async function copyCurrent(context: SecretsManager, call: Call, seen: Secret, token: string): Promise<CurrentCopy> {
  const versionId = seen.stages.get(current);
  const version = versionId === undefined ? undefined : await context.store.versions.find(seen.arn, versionId);
  if (!version) return { seen, copies: [] };
  const value = await openVersion(context, call, seen.arn, version);
  return {
    seen,
    version: await sealVersion(context, call, seen, token, value),
    copies: await newVersionCopies(context, call, seen, token, value),
  };
}

/** The change that a request to rotate makes of a secret. */
function begun(
  secret: Secret,
  version: SecretVersion | undefined,
  before: Rotation | undefined,
  { token, functionArn, rules: given, time }: RotationRequest,
  copy: CurrentCopy | undefined,
): Change<Outcome> {
  refuseUnchangeable(secret);
  const isSame = before?.run?.token === token;
  if (isUnderWay(before?.run, time)) return { answer: isSame ? "begun" : "unfinished" };
  const holder = secret.stages.get(pending);
  if (holder !== token && isUnfinished(secret)) {
    const rotation = before?.run && { ...before, run: reattempted(before.run, time) };
    return { answer: "unfinished", rotation };
  }
  // The rotation with this token is over.
  if (version && !isSame && secret.stages.get(current) === token) return { answer: "begun" };
  if (version && !isSame && holder !== token) throw tokenInUse(token, secret.arn);
  if (copy && isOutdated(copy, secret)) return { answer: "stale" };
  const rules = given ?? before?.rules;
  const stages = attach(secret.stages, [pending], token);
  refuseTooManyStages(stages);
  const change: Change<Outcome> = {
    answer: "begun",
    secret: { ...secret, stages },
    rotation: {
      isEnabled: true,
      functionArn,
      rules,
      lastRotatedAt: before?.lastRotatedAt,
      rotatesAt: rules && nextWindow(rules, time)?.start,
      run: isSame && !copy ? reattempted(before.run, time) : newRun(token, copy ? "test" : "rotation", time),
    },
  };
  return copy && !version ? { ...change, add: copy.version, copies: copy.copies } : change;
}

/** True if an earlier rotation left AWSPENDING on another version than AWSCURRENT. */
function isUnfinished({ stages }: Secret): boolean {
  return stages.has(pending) && stages.get(pending) !== stages.get(current);
}

function isOutdated({ seen }: CurrentCopy, secret: Secret): boolean {
  return isStale(seen, secret) || seen.stages.get(current) !== secret.stages.get(current);
}
