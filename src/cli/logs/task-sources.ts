import type { ContainerDefinition, ECS, Task, TaskDefinition } from "@aws-sdk/client-ecs";
import { agentSource } from "./agent-source.ts";
import { cloudWatchSource } from "./cloudwatch-source.ts";
import type { InstallationApi } from "./installation-api.ts";
import type { LinesWanted, OutputSource } from "./output-line.ts";
import { taskState } from "./task-state.ts";

export interface SourcesOptions {
  readonly api: InstallationApi;
  readonly cluster: string;
  readonly wanted: LinesWanted;
  /** Only this container of each task. */
  readonly container?: string;
}

/** Where the output of each container of a task is, by its log driver. */
export async function sourcesOf(task: Task, options: SourcesOptions): Promise<readonly OutputSource[]> {
  const { api, cluster, container: only, wanted } = options;
  const definition = await definitionOf(api.ecs, task.taskDefinitionArn ?? "");
  const { containerDefinitions = [] } = definition;
  const masking = wanted.masking && mayShowSecrets(containerDefinitions);
  const state = taskState(api.ecs, cluster, task.taskArn ?? "");
  return containerDefinitions
    .filter(({ name }) => only === undefined || name === only)
    .map((container) => {
      const names = { task: idOf(task), container: container.name ?? "" };
      const place = placeOf(task, container);
      return place
        ? cloudWatchSource(api, names, place, state, { ...wanted, masking })
        : agentSource(api, names, cluster, state, wanted);
    });
}

const definitions = new Map<string, Promise<TaskDefinition>>();

/** A revision never changes. */
function definitionOf(ecs: ECS, arn: string): Promise<TaskDefinition> {
  const known = definitions.get(arn) ?? readDefinition(ecs, arn);
  definitions.set(arn, known);
  return known;
}

async function readDefinition(ecs: ECS, taskDefinition: string): Promise<TaskDefinition> {
  return (await ecs.describeTaskDefinition({ taskDefinition })).taskDefinition ?? {};
}

/** Its agent has looked for secret values then, and says where they are. */
function mayShowSecrets(containers: readonly ContainerDefinition[]): boolean {
  return containers.some(
    ({ secrets = [], logConfiguration, dockerLabels = {} }) =>
      secrets.length + (logConfiguration?.secretOptions ?? []).length > 0 ||
      Object.keys(dockerLabels).some((label) => label.startsWith("sealift.secrets.")),
  );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
function placeOf(task: Task, { name, logConfiguration }: ContainerDefinition) {
  const { logDriver, options = {} } = logConfiguration ?? {};
  const { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix } = options;
  if (logDriver !== "awslogs" || group === undefined || region === undefined) return undefined;
  const runtimeId = task.containers?.find((container) => container.name === name)?.runtimeId;
  const stream = prefix === undefined ? (options["awslogs-stream"] ?? runtimeId) : `${prefix}/${name}/${idOf(task)}`;
  return stream === undefined ? undefined : { region, group, stream };
}

export function idOf({ taskArn = "" }: Task): string {
  return taskArn.slice(taskArn.lastIndexOf("/") + 1);
}
