import type { ECS, Failure, Task } from "@aws-sdk/client-ecs";
import { networkConfiguration } from "../../support/tasks.ts";
import { until } from "../../support/until.ts";
import type { Definition } from "./corpus.ts";

/** How a definition fared, in words for a table: `runs`, or who refused it and why. */
export interface Outcome {
  readonly family: string;
  readonly words: string;
}

/** Seconds. A check is first made after its interval, which is half a minute in many definitions. */
const patience = 75;

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
  let task: Task | undefined;
  const look = async () => {
    const { tasks = [] } = await ecs.describeTasks({ tasks: [taskArn] });
    task = tasks[0];
    return task && isSettled(task, definition) ? task : undefined;
  };
  const detail = () =>
    JSON.stringify(
      task?.containers?.map(({ name, lastStatus, exitCode, healthStatus }) => [
        name,
        lastStatus,
        exitCode,
        healthStatus,
      ]),
    );
  const settled = await until(`${family} is settled`, look, { seconds: patience, detail }).catch(
    (error: Error) => error,
  );
  if (settled instanceof Error) return { family, words: settled.message };
  if (settled.lastStatus !== "STOPPED") await ecs.stopTask({ task: taskArn });
  return { family, words: wordsOf(settled, definition) };
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

function wordsOf(task: Task, { containerDefinitions = [] }: Definition): string {
  const isPrivileged = containerDefinitions.some(({ privileged }) => privileged);
  const words = task.lastStatus === "STOPPED" ? `stopped: ${stopWords(task)}` : "runs";
  // A virtual machine for tests may not let its Engine do so, which is no fault of the definition's.
  const isForbidden = words.includes("unable to apply caps: operation not permitted");
  return isPrivileged && (words === "runs" || isForbidden)
    ? "runs, where the Engine may start privileged containers"
    : words;
}

function failureWords({ reason, detail }: Failure): string {
  return [reason, detail].filter(Boolean).join(": ");
}

function stopWords({ stoppedReason, containers = [] }: Task): string {
  const reasons = containers.flatMap(({ name, reason }) => (reason ? [`${name}: ${reason}`] : []));
  return [stoppedReason, ...reasons].join("; ");
}
