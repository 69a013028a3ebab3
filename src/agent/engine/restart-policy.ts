import type { PayloadContainer } from "../../acs/protocol.ts";

/** A container whose program has ended. Times are milliseconds since 1970. */
export interface EndedRun {
  /** The container is to stop, so that its end is what was wanted. */
  readonly isStopWanted: boolean;
  readonly exitCode: number | undefined;
  readonly startedAt: number | undefined;
  readonly lastRestartAt: number | undefined;
  /** When it ended. */
  readonly at: number;
}

/** Whether a program is to be started again; `because` says why not, in the words of AWS's agent. */
export type RestartDecision = { readonly restart: true } | { readonly restart: false; readonly because: string };

/**
 * The restart policy's decision. Pure. There is no bound on the number of restarts, and no wait before one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html
 */
export function decideRestart(
  policy: PayloadContainer["restartPolicy"],
  { isStopWanted, exitCode, startedAt, lastRestartAt, at }: EndedRun,
): RestartDecision {
  const no = (because: string) => ({ restart: false, because }) as const;
  if (!policy?.enabled) return no("restart policy is not enabled");
  if (isStopWanted) return no("container's desired status is stopped");
  if (exitCode === undefined) return no("exit code is nil");
  if (policy.ignoredExitCodes?.includes(exitCode)) return no(`exit code ${exitCode} should be ignored`);
  const since = lastRestartAt ?? startedAt ?? at;
  if (at - since < (policy.restartAttemptPeriod ?? 0) * 1000) return no("attempt reset period has not elapsed");
  return { restart: true };
}
