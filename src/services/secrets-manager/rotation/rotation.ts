import type { RotationRules } from "./schedule.ts";

/** What Secrets Manager sends a rotation function, in this order. */
export const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type Step = (typeof steps)[number];

/** How a secret is rotated, and the rotation that is under way. */
export interface Rotation {
  readonly isEnabled: boolean;
  readonly functionArn: string;
  readonly rules: RotationRules | undefined;
  readonly lastRotatedAt: Date | undefined;
  /** Start of the window in which it is rotated next. */
  readonly rotatesAt: Date | undefined;
  readonly run: Run | undefined;
}

/** A rotation under way. It only moves forward: from step to step, and from attempt to attempt. */
export interface Run {
  /** The version that is to become AWSCURRENT. */
  readonly token: string;
  /** A test runs `testSecret` only, and leaves nothing. */
  readonly kind: "rotation" | "test";
  /** To be done next. */
  readonly step: Step;
  /** That failed, from the first step on. */
  readonly attempts: number;
  /** Whether an event has told of its start. */
  readonly isStarted: boolean;
  /** When the step is due; `undefined` where it was given up, until somebody asks for it again. */
  readonly dueAt: Date | undefined;
}

/** Attempts before a rotation is given up, and milliseconds before the second; each next wait is four times as long. */
export const mostAttempts = 5;
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

/** What follows a step that was done; `undefined` where it was the last. */
export function afterStep(run: Run): Run | undefined {
  const next = run.kind === "test" ? undefined : steps[steps.indexOf(run.step) + 1];
  return next && { ...run, step: next };
}

/** What follows a step that failed: AWS tries the entire rotation again, several times. A test is not repeated. */
export function afterFailure(run: Run, now: Date): Run | undefined {
  if (run.kind === "test") return undefined;
  const attempts = run.attempts + 1;
  const wait = firstWait * 4 ** (attempts - 1);
  const dueAt = attempts < mostAttempts ? new Date(now.getTime() + wait) : undefined;
  return { ...run, step: steps[0], attempts, dueAt };
}

/** Whether the step is due: then somebody does it, or will in a moment. */
export function isUnderWay(run: Run | undefined, now: Date): boolean {
  return run?.dueAt !== undefined && run.dueAt <= now;
}

/** The rotation that was not finished, to be tried again now; never one that is under way. */
export function reattempted(run: Run, now: Date): Run {
  return { ...run, attempts: 0, dueAt: now };
}

/** The event of a step, in the shape that AWS's rotation functions read. */
export function stepEvent(secretArn: string, { token, step }: Run) {
  return { Step: step, SecretId: secretArn, ClientRequestToken: token };
}

export type StepEvent = ReturnType<typeof stepEvent>;

/**
 * Why a step failed: a few words of this server's own. What a function says of its failure may quote what it was given,
 * and is neither kept nor logged.
 */
export class RotationFailure extends Error {
  override readonly name = "RotationFailure";
}
