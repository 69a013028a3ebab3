import type { ECS, RegisterTaskDefinitionCommandInput, RunTaskCommandInput, Task } from "@aws-sdk/client-ecs";
import { until } from "./until.ts";

/** Any well-formed ids would do. */
export const networkConfiguration = {
  awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"], securityGroups: ["sg-0123456789abcdef0"] },
};

/** A command that runs until SIGTERM, and then ends at once. */
export const runForever = ["sh", "-c", "trap 'exit 0' TERM; sleep 600 & wait"];

/** A task definition `sleeper` without secrets, whose container runs until it is stopped. */
export async function registerSleeper(ecs: ECS, more: Partial<RegisterTaskDefinitionCommandInput> = {}): Promise<void> {
  await ecs.registerTaskDefinition({
    ...more,
    family: "sleeper",
    networkMode: "awsvpc",
    containerDefinitions: [{ name: "main", image: "httpd", memory: 64, command: runForever }],
  });
}

/** Resolves when the agents of these container instances of the default cluster are connected. */
export async function agentsConnected(ecs: ECS, containerInstances: string[]): Promise<void> {
  await until("the agents are connected", async () => {
    const described = await ecs.describeContainerInstances({ containerInstances });
    return (
      described.containerInstances?.filter(({ agentConnected }) => agentConnected).length === containerInstances.length
    );
  });
}

/** Runs one task and resolves to its ARN. */
export async function runTask(ecs: ECS, input: RunTaskCommandInput): Promise<string> {
  const { tasks, failures } = await ecs.runTask({ networkConfiguration, ...input });
  const [task] = tasks ?? [];
  if (!task) throw new Error(`The task was not placed: ${JSON.stringify(failures)}`);
  return task.taskArn!;
}

/** Resolves when the task has the status; rejects if it stops instead. */
export async function waitForTask(
  ecs: ECS,
  taskArn: string,
  status: "RUNNING" | "STOPPED",
  cluster = "default",
): Promise<Task> {
  let last: Task | undefined;
  return until(
    `task ${taskArn} is ${status}`,
    async () => {
      const { tasks } = await ecs.describeTasks({ cluster, tasks: [taskArn] });
      last = tasks?.[0];
      if (last?.lastStatus === "STOPPED" && status !== "STOPPED")
        throw new Error(`The task stopped: ${describe(last)}`);
      return last?.lastStatus === status ? last : undefined;
    },
    // A busy machine needs many times what a quiet one does.
    { seconds: 90, detail: () => describe(last) },
  );
}

/** The address that an awsvpc task has in its private network. */
export function privateAddress(task: Task): string {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []);
  const address = details?.find(({ name }) => name === "privateIPv4Address")?.value;
  if (address === undefined) throw new Error(`The task has no private address: ${JSON.stringify(task.attachments)}`);
  return address;
}

function describe(task: Task | undefined): string {
  const { lastStatus, stopCode, stoppedReason } = task ?? {};
  const containers = task?.containers?.map(({ name, lastStatus, reason }) => ({ name, lastStatus, reason }));
  return JSON.stringify({ lastStatus, stopCode, stoppedReason, containers });
}
