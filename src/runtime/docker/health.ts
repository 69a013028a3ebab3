import type { ContainerInspectInfo } from "dockerode";
import { defined } from "../../defined.ts";
import type { Health, HealthStatus } from "../containers.ts";

/** The Engine's "none" is no status here: the container has no health check. */
export function healthStatusOf(text: string | undefined): HealthStatus | undefined {
  return text === "starting" || text === "healthy" || text === "unhealthy" ? text : undefined;
}

/** A container's health as `inspect` shows it. */
export function healthOf({ Health: health }: ContainerInspectInfo["State"]): Health | undefined {
  const status = healthStatusOf(health?.Status);
  if (!status) return undefined;
  const latest = health?.Log?.at(-1);
  if (!latest) return { status };
  return { status, ...defined({ exitCode: latest.ExitCode, output: latest.Output, checkedAt: new Date(latest.End) }) };
}

/** The status in the list's words, such as `Up 5 seconds (health: starting)` and `Up 2 minutes (healthy)`. */
export function listedHealth(status: string): HealthStatus | undefined {
  return healthStatusOf(/\((?:health: )?(\w+)\)$/.exec(status)?.[1]);
}
