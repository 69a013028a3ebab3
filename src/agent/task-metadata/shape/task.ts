import { defined } from "../../../defined.ts";
import { awsAgentStatuses, haveEnded } from "../../engine/status.ts";
import type { AgentTask } from "../../engine/task.ts";
import { clusterName } from "../cluster-name.ts";
import type { Metadata } from "../metadata.ts";
import { containerShape, pauseShape, timeOf } from "./container.ts";
import type { Version } from "./network.ts";

/**
 * A task as version 3 or 4 of the endpoint shows it, with its tags if they are asked for.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html
 */
export async function taskShape(
  metadata: Metadata,
  task: AgentTask,
  version: Version,
  withTags: boolean,
): Promise<object> {
  const { payload } = task;
  const containers = await containersOf(metadata, task, version);
  const tags = withTags ? await tagsOf(metadata, task) : undefined;
  const shown = {
    Cluster: clusterName(metadata.cluster),
    TaskARN: task.arn,
    Family: payload.family,
    Revision: payload.version,
    DesiredStatus: task.desired,
    KnownStatus: knownStatus(task),
    ...(version === 3 && { Containers: containers }),
    Limits: limitsOf(task),
    PullStartedAt: timeOf(task.pullStartedAt),
    PullStoppedAt: timeOf(task.pullStoppedAt),
    ExecutionStoppedAt: timeOf(task.executionStoppedAt),
    // The one zone that a region has here.
    AvailabilityZone: `${metadata.region}a`,
    TaskTags: tags?.task,
    ContainerInstanceTags: tags?.instance,
    ...(version === 4 && {
      LaunchType: payload.launchType,
      Errors: tags?.errors.length ? tags.errors : undefined,
      Containers: containers,
      ServiceName: payload.serviceName,
      FaultInjectionEnabled: false,
    }),
  };
  return defined(shown);
}

/** Those that were pulled but not created come last. */
async function containersOf(metadata: Metadata, task: AgentTask, version: Version): Promise<readonly object[]> {
  const created = task.containers.filter(({ attempt }) => attempt.runtimeId !== undefined);
  const pulled = task.containers.filter(({ attempt: { runtimeId, status } }) => {
    return version === 4 && runtimeId === undefined && (status === "pulled" || status === "creating");
  });
  const shapes = await Promise.all(
    [...created, ...pulled].map(({ name }) => containerShape(metadata, task, name, version)),
  );
  const pause = await pauseOf(metadata, task);
  return pause ? [...shapes, pauseShape(task, pause, metadata.subnet, version)] : shapes;
}

/** On Fargate there is nothing to be seen of it. */
async function pauseOf({ runtime }: Pick<Metadata, "runtime">, { payload, resources }: AgentTask) {
  const id = payload.launchType === "FARGATE" ? undefined : namespaceId(resources);
  return id === undefined ? undefined : runtime.containers.inspect(id);
}

/** The runtime's id of an awsvpc task's network namespace. */
export function namespaceId(resources: AgentTask["resources"]): string | undefined {
  const { id }: { id?: unknown } = Object(resources.network?.data);
  return typeof id === "string" ? id : undefined;
}

function limitsOf({ payload: { cpu, memory } }: AgentTask): object | undefined {
  return cpu || memory ? defined({ CPU: cpu || undefined, Memory: memory || undefined }) : undefined;
}

const order = ["MANIFEST_PULLED", "PULLED", "CREATED", "RUNNING"] as const;

/** The least advanced container decides; one that has ended holds back nobody. AWS's agent calls no task `PULLED`. */
function knownStatus(task: AgentTask): string {
  if (haveEnded(task)) return "STOPPED";
  const known = task.containers.map(({ attempt }) => awsAgentStatuses[attempt.status]);
  const least = order.find((status) => known.includes(status)) ?? "RUNNING";
  return least === "PULLED" ? "MANIFEST_PULLED" : least;
}

interface Tags {
  readonly task?: Readonly<Record<string, string>>;
  readonly instance?: Readonly<Record<string, string>>;
  readonly errors: readonly object[];
}

async function tagsOf({ tags, containerInstanceArn, log }: Metadata, task: AgentTask): Promise<Tags> {
  const errors: object[] = [];
  async function read(field: string, arn: string) {
    try {
      return await tags(arn);
    } catch (error) {
      log.warn({ task: task.arn, resource: arn, err: error }, "Cannot read tags for a task's metadata");
      errors.push(errorShape(field, arn, error));
      return undefined;
    }
  }
  const instance = await read("ContainerInstanceTags", containerInstanceArn);
  return { errors, ...defined({ instance, task: await read("TaskTags", task.arn) }) };
}

function errorShape(field: string, arn: string, error: unknown): object {
  const { name, message, $metadata: answer = {} }: SdkError = Object(error);
  return defined({
    ErrorField: field,
    ErrorCode: answer.httpStatusCode === undefined ? undefined : name,
    ErrorMessage: message ?? String(error),
    StatusCode: answer.httpStatusCode,
    RequestId: answer.requestId,
    ResourceARN: arn,
  });
}

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}
