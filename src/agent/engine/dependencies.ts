import type { PayloadContainer } from "../../acs/protocol.ts";
import { type AgentContainer, type AgentTask, payloadOf } from "./task.ts";

/** `hopeless` says, in the words of AWS's agent, why a container can never start because of those that it depends on. */
export type Dependency = "met" | "waiting" | { readonly hopeless: string };

export function dependencyOf(task: AgentTask, { name, dependsOn = [] }: PayloadContainer, now: number): Dependency {
  let waiting = false;
  for (const { containerName, condition } of dependsOn) {
    const on = task.containers.find((container) => container.name === containerName);
    const which = `dependency [${containerName}] for target [${name}]`;
    const unresolvable = `dependency graph: failed to resolve container ordering ${which}`;
    if (!on) return { hopeless: `dependency graph: container ordering ${which} does not exist.` };
    if (dependsOnItself(task, name)) {
      return { hopeless: `Task dependencies cannot be resolved, taskArn: ${task.arn}` };
    }
    if (condition !== "START" && condition !== "COMPLETE" && condition !== "SUCCESS") {
      return { hopeless: `${unresolvable} as this agent cannot tell when it is ${condition}` };
    }
    const { status, startedAt, exitCode } = on.attempt;
    const ended = status === "stopped";
    if (ended && startedAt === undefined) return { hopeless: `${unresolvable} because dependency will never start` };
    if (condition === "START") {
      waiting ||= status !== "running" && !ended;
    } else if (!ended) {
      const until = startDeadline(task, on);
      if (until !== undefined && until <= now)
        return { hopeless: `dependency graph: container ordering ${which} has timed out.` };
      waiting = true;
    } else if (exitCode === undefined || (condition === "SUCCESS" && exitCode !== 0)) {
      return { hopeless: `${unresolvable} as dependency did not exit successfully.` };
    }
  }
  return waiting ? "waiting" : "met";
}

function dependsOnItself(task: AgentTask, name: string): boolean {
  const reached = new Set<string>();
  const follow = (from: string) => {
    const container = task.payload.containers.find((candidate) => candidate.name === from);
    for (const { containerName } of container?.dependsOn ?? []) {
      if (reached.has(containerName)) continue;
      reached.add(containerName);
      follow(containerName);
    }
  };
  follow(name);
  return reached.has(name);
}

/** Until when, in milliseconds since 1970, others wait for the end of a container that has started. */
export function startDeadline(task: AgentTask, { name, attempt }: AgentContainer): number | undefined {
  const { startTimeout = 0 } = payloadOf(task, name);
  return attempt.startedAt === undefined || startTimeout <= 0 ? undefined : attempt.startedAt + startTimeout * 1000;
}
