import { refuseUnchangeable, tokenInUse } from "../errors.ts";
import { isStale, refuseTooManyStages } from "../operations/put-secret-value.ts";
import type { ReplicaCopy } from "../replication/replica.ts";
import type { Secret, SecretVersion } from "../secrets/secret.ts";
import { attach, current, pending } from "../secrets/stages.ts";
import type { Change } from "../secrets/writes.ts";
import { isUnderWay, newRun, type Rotation, reattempted } from "./rotation.ts";
import { nextWindow, type RotationRules } from "./schedule.ts";

/** A rotation as it is asked for. */
export interface RotationRequest {
  readonly token: string;
  readonly functionArn: string;
  readonly rules: RotationRules | undefined;
  readonly time: Date;
  /** Of a test, which runs `testSecret` only. */
  readonly copy: CurrentCopy | undefined;
}

/** The current version's value once more, as the version that is tested. */
export interface CurrentCopy {
  /** The secret that it was made from. */
  readonly seen: Secret;
  readonly version?: SecretVersion;
  readonly copies: readonly ReplicaCopy[];
}

/** `stale`: the copy is not of the secret as it is now. */
export type Begun =
  | { readonly kind: "begun" }
  | { readonly kind: "unfinished" }
  | { readonly kind: "stale"; readonly secret: Secret };

/** What a request to rotate makes of a secret. */
export function begun(
  secret: Secret,
  version: SecretVersion | undefined,
  before: Rotation | undefined,
  { token, functionArn, rules: given, time, copy }: RotationRequest,
): Change<Begun> {
  refuseUnchangeable(secret);
  const isSame = before?.run?.token === token;
  if (isUnderWay(before?.run, time)) return { answer: { kind: isSame ? "begun" : "unfinished" } };
  const holder = secret.stages.get(pending);
  if (holder !== token && isUnfinished(secret)) {
    const rotation = before?.run && { ...before, run: reattempted(before.run, time) };
    return { answer: { kind: "unfinished" }, ...(rotation && { rotation }) };
  }
  // Of a rotation with this token that is over.
  if (version && !isSame && secret.stages.get(current) === token) return { answer: { kind: "begun" } };
  if (version && !isSame && holder !== token) throw tokenInUse(token, secret);
  if (copy && isOutdated(copy, secret)) return { answer: { kind: "stale", secret } };
  const rules = given ?? before?.rules;
  const stages = attach(secret.stages, [pending], token);
  refuseTooManyStages(stages);
  return {
    answer: { kind: "begun" },
    secret: { ...secret, stages },
    rotation: {
      isEnabled: true,
      functionArn,
      rules,
      lastRotatedAt: before?.lastRotatedAt,
      rotatesAt: rules && nextWindow(rules, time)?.start,
      run: isSame && !copy ? reattempted(before.run, time) : newRun(token, copy ? "test" : "rotation", time),
    },
    ...(copy && !version && { add: copy.version, copies: copy.copies }),
  };
}

/** Whether an earlier rotation has left AWSPENDING where AWSCURRENT is not. */
function isUnfinished({ stages }: Secret): boolean {
  return stages.has(pending) && stages.get(pending) !== stages.get(current);
}

function isOutdated({ seen }: CurrentCopy, secret: Secret): boolean {
  return isStale(seen, secret) || seen.stages.get(current) !== secret.stages.get(current);
}
