import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../../clock.ts";
import { codeOf } from "../../caught.ts";
import type { Health } from "../../containers.ts";
import type { HealthCheck } from "../../health-check.ts";
import { exitCodeOf } from "../command.ts";
import { signalGroup } from "../system/signals.ts";

export interface HealthCheckOptions {
  readonly check: HealthCheck;
  readonly clock: Clock;
  /** As the program's own. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Called after each check. */
  readonly changed: (health: Health) => void;
  /** Ends the checks. */
  readonly signal: AbortSignal;
}

/** Characters of a check's output that are kept, as Docker does. */
const longestOutput = 4096;

/** The exit code of a check that took too long, as Docker's. */
const timedOut = -1;

/** Runs a health check at its interval, by Docker's rules: https://docs.docker.com/reference/dockerfile/#healthcheck */
export async function runHealthChecks({ check, clock, signal, changed, ...place }: HealthCheckOptions): Promise<void> {
  const begin = clock.now().getTime();
  let status: Health["status"] = "starting";
  let failures = 0;
  while (!signal.aborted) {
    await delay(check.interval, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const result = await runCheck(check, place);
    if (signal.aborted) return;
    const checkedAt = clock.now();
    const isExcused = status === "starting" && checkedAt.getTime() - begin < check.startPeriod;
    failures = result.exitCode === 0 ? 0 : failures + (isExcused ? 0 : 1);
    if (result.exitCode === 0) status = "healthy";
    else if (failures >= check.retries) status = "unhealthy";
    changed({ status, ...result, checkedAt });
  }
}

async function runCheck(
  { command: [file = "", ...parameters], timeout }: HealthCheck,
  { directory, environment }: Pick<HealthCheckOptions, "directory" | "environment">,
): Promise<{ exitCode: number; output: string }> {
  let output = "";
  try {
    const options = { cwd: directory, env: environment, detached: true } as const;
    const child = spawn(file, parameters, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(0, longestOutput);
      });
    }
    const { pid } = child;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      if (pid !== undefined) signalGroup(pid, "SIGKILL");
    }, timeout);
    try {
      const [code, killer] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
      if (!isLate) return { exitCode: exitCodeOf(code, killer), output };
      return { exitCode: timedOut, output: `Health check exceeded timeout (${timeout / 1000}s)` };
    } finally {
      clearTimeout(timer);
    }
  } catch (error) {
    return { exitCode: timedOut, output: `exec: "${file}": ${codeOf(error) ?? "failed"}` };
  }
}
