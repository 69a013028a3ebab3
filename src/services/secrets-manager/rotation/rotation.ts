import type { RotationRules } from "./schedule.ts";

/** The steps that a rotation function does, in this order. */
export const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type Step = (typeof steps)[number];

/** The configuration of a secret's rotation, and the rotation that is under way. */
export interface Rotation {
  readonly isEnabled: boolean;
  readonly functionArn: string;
  readonly rules: RotationRules | undefined;
  readonly lastRotatedAt: Date | undefined;
  /** Start of the next rotation's window. */
  readonly rotatesAt: Date | undefined;
  readonly run: Run | undefined;
}

/** A rotation under way. It only moves forward: from step to step, from attempt to attempt. */
export interface Run {
  /** The version that is to become AWSCURRENT. */
  readonly token: string;
  /** A test runs `testSecret` only, and leaves nothing. */
  readonly kind: "rotation" | "test";
  /** The next step. */
  readonly step: Step;
  /** Attempts that failed; each begins at the first step. */
  readonly attempts: number;
  /** An audit event of its start was recorded. */
  readonly isStarted: boolean;
  /** When the step is due; `undefined` if the rotation was given up, until somebody asks for it again. */
  readonly dueAt: Date | undefined;
}

/** Attempts before a rotation is given up. */
const mostAttempts = 5;

/** Milliseconds before the second attempt; each further wait is four times as long. */
const firstWait = 30_000;

export function newRun(token: string, kind: Run["kind"], now: Date): Run {
  return {
    token,
    kind,
    step: kind === "test" ? "testSecret" : "createSecret",
    attempts: 0,
    isStarted: false,
    dueAt: now,
  };
}

/** The run after a step succeeded; `undefined` if it was the last one. */
export function afterStep(run: Run): Run | undefined {
  const next = run.kind === "test" ? undefined : steps[steps.indexOf(run.step) + 1];
  return next && { ...run, step: next };
}

/** The run after a step failed: as on AWS, the entire rotation is tried again. `undefined` for a test, which is not repeated. */
export function afterFailure(run: Run, now: Date): Run | undefined {
  if (run.kind === "test") return undefined;
  const attempts = run.attempts + 1;
  const wait = firstWait * 4 ** (attempts - 1);
  const dueAt = attempts < mostAttempts ? new Date(now.getTime() + wait) : undefined;
  return { ...run, step: steps[0], attempts, dueAt };
}

/** True if the step is due: somebody does it, or will in a moment. */
export function isUnderWay(run: Run | undefined, now: Date): boolean {
  return run?.dueAt !== undefined && run.dueAt <= now;
}

/** The run of an unfinished rotation, to be tried again now. Not for one that is under way. */
export function reattempted(run: Run, now: Date): Run {
  return { ...run, attempts: 0, dueAt: now };
}

/** The input of a rotation function, in the shape that AWS's functions read. */
export function stepEvent(secretArn: string, { token, step }: Run) {
  return { Step: step, SecretId: secretArn, ClientRequestToken: token };
}

export type StepEvent = ReturnType<typeof stepEvent>;

/**
 * The reason of a failed step, in this server's own words. A function's own error text may quote the secret, and is
 * neither kept nor logged.
 */
export class RotationFailure extends Error {
  override readonly name = "RotationFailure";
}
