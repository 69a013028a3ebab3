import type { ECS, Failure, Task } from "@aws-sdk/client-ecs";
import { networkConfiguration } from "../../support/tasks.ts";
import { until } from "../../support/until.ts";
import type { Definition } from "./corpus.ts";

/** How a definition fared, in words for a table: `runs`, or who refused it and why. */
export interface Outcome {
  readonly family: string;
  readonly words: string;
}

/** Registers a definition and runs it once, as production does, until it is healthy or will not be. */
export async function play(ecs: ECS, definition: Definition): Promise<Outcome> {
  const { family } = definition;
  try {
    await ecs.registerTaskDefinition(definition);
  } catch (error) {
    return { family, words: `not registered: ${(error as Error).message}` };
  }
  const isFargate = definition.requiresCompatibilities?.includes("FARGATE") ?? false;
  const { tasks, failures } = await ecs.runTask({
    taskDefinition: family,
    launchType: isFargate ? "FARGATE" : "EC2",
    ...(definition.networkMode === "awsvpc" && { networkConfiguration }),
  });
  const [started] = tasks ?? [];
  if (!started?.taskArn) return { family, words: `not placed: ${(failures ?? []).map(failureWords).join("; ")}` };
  const { taskArn } = started;
  const settled = await until(`${family} is settled`, async () => {
    const described = await ecs.describeTasks({ tasks: [taskArn] });
    const [task] = described.tasks ?? [];
    return task && isSettled(task, definition) ? task : undefined;
  });
  const words = settled.lastStatus === "STOPPED" ? `stopped: ${stopWords(settled)}` : "runs";
  if (words === "runs") await ecs.stopTask({ task: taskArn });
  return { family, words };
}

/** Stopped, or everything runs that is to run, and is healthy if it has a health check. */
function isSettled({ lastStatus, containers = [] }: Task, definition: Definition): boolean {
  if (lastStatus === "STOPPED") return true;
  if (lastStatus !== "RUNNING") return false;
  return containers.every(({ name, lastStatus: status, healthStatus, exitCode }) => {
    const defined = definition.containerDefinitions?.find((container) => container.name === name);
    if (defined?.essential === false && status === "STOPPED") return exitCode === 0;
    return status === "RUNNING" && (!defined?.healthCheck || healthStatus === "HEALTHY");
  });
}

function failureWords({ reason, detail }: Failure): string {
  return [reason, detail].filter(Boolean).join(": ");
}

function stopWords({ stoppedReason, containers = [] }: Task): string {
  const reasons = containers.flatMap(({ name, reason }) => (reason ? [`${name}: ${reason}`] : []));
  return [stoppedReason, ...reasons].join("; ");
}
