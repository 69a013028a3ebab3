import { defined } from "../../../defined.ts";
import type { ContainerState, Health } from "../../../runtime/containers.ts";
import { awsAgentStatuses } from "../../engine/status.ts";
import { type AgentTask, containerOf, payloadOf } from "../../engine/task.ts";
import type { Metadata } from "../metadata.ts";
import { networksOf, type Version } from "./network.ts";

/** Docker is given no fewer CPU shares. */
const fewestShares = 2;

/**
 * A container as version 3 or 4 of the endpoint shows it, its members in the order of AWS's agent.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html
 */
export async function containerShape(
  { runtime, subnet }: Pick<Metadata, "runtime" | "subnet">,
  task: AgentTask,
  name: string,
  version: Version,
): Promise<object> {
  const payload = payloadOf(task, name);
  const container = containerOf(task, name);
  const { attempt } = container;
  const state = attempt.runtimeId === undefined ? undefined : await runtime.containers.inspect(attempt.runtimeId);
  const networks = networksOf(task, state, subnet, version);
  const { logDriver, logOptions } = logOf(payload.dockerConfig.hostConfig);
  return defined({
    DockerId: attempt.runtimeId ?? "",
    Name: name,
    DockerName: attempt.runtimeName ?? "",
    Image: payload.image,
    ImageID: state?.imageId ?? "",
    Ports: unlessEmpty(portsOf(task, name, version)),
    Labels: state && shownLabels(state, payload.dockerConfig.config),
    DesiredStatus: task.desired === "STOPPED" || attempt.status === "stopped" ? "STOPPED" : "RUNNING",
    KnownStatus: awsAgentStatuses[attempt.status],
    ExitCode: attempt.exitCode,
    Limits: { CPU: Math.max(payload.cpu, fewestShares), Memory: payload.memory },
    CreatedAt: state?.createdAt,
    StartedAt: timeOf(attempt.startedAt),
    FinishedAt: timeOf(attempt.finishedAt),
    Type: "NORMAL",
    ...(version === 3 && { Networks: networks }),
    Health: payload.healthCheckType === undefined ? undefined : healthOf(state?.health),
    Volumes: unlessEmpty((state?.mounts ?? []).map(volumeOf)),
    ...(version === 4 && {
      LogDriver: logDriver,
      LogOptions: logOptions,
      ContainerARN: payload.containerArn,
      Networks: networks,
      RestartCount: payload.restartPolicy?.enabled ? (container.attempt.restarts?.count ?? 0) : undefined,
    }),
  });
}

const pauseStatuses = { created: "CREATED", running: "RESOURCES_PROVISIONED", stopped: "STOPPED" } as const;

/** The container that holds an awsvpc task's network, which AWS's agent shows among the others on its own machines. */
export function pauseShape(
  task: AgentTask,
  state: ContainerState,
  subnet: Metadata["subnet"],
  version: Version,
): object {
  return defined({
    DockerId: state.id,
    Name: "~internal~ecs~pause",
    DockerName: state.name,
    Image: "amazon/amazon-ecs-pause:0.1.0",
    ImageID: state.imageId ?? "",
    Labels: shownLabels(state, "{}"),
    DesiredStatus: "RESOURCES_PROVISIONED",
    KnownStatus: pauseStatuses[state.status],
    Limits: { CPU: fewestShares, Memory: 0 },
    CreatedAt: state.createdAt,
    StartedAt: state.startedAt,
    Type: "CNI_PAUSE",
    Networks: networksOf(task, state, subnet, version),
  });
}

/** Labels by which this agent finds its containers are not shown, as AWS's has none of them. */
function shownLabels({ labels }: ContainerState, config: string): Readonly<Record<string, string>> | undefined {
  const { Labels: own = {} }: { Labels?: Record<string, string> } = JSON.parse(config);
  const shown = Object.entries(labels).filter(([name]) => !name.startsWith("sealift.") || name in own);
  return unlessEmpty(shown) && Object.fromEntries(shown);
}

function portsOf(task: AgentTask, name: string, version: Version): readonly object[] {
  if (task.payload.networkMode === "awsvpc") {
    return payloadOf(task, name).portMappings.map(({ containerPort, protocol }) => ({
      ...{ ContainerPort: containerPort, Protocol: protocol, HostPort: containerPort },
    }));
  }
  return (containerOf(task, name).attempt.ports ?? []).map(({ containerPort, protocol, hostPort, bindIp }) => ({
    ...{ ContainerPort: containerPort, Protocol: protocol, HostPort: hostPort },
    ...(version === 4 && { HostIp: bindIp }),
  }));
}

/** The payload's options: secret ones are not among them. */
function logOf(hostConfig: string) {
  const { LogConfig: log }: { LogConfig?: { Type?: string; Config?: Record<string, string> } } = JSON.parse(hostConfig);
  return { logDriver: log?.Type || undefined, logOptions: unlessEmpty(Object.keys(log?.Config ?? {})) && log?.Config };
}

function healthOf(health: Health | undefined): object {
  if (!health || health.status === "starting") return {};
  return defined({
    status: health.status.toUpperCase(),
    statusSince: health.checkedAt,
    exitCode: health.exitCode || undefined,
    output: health.output || undefined,
  });
}

function volumeOf({ name, source, destination }: NonNullable<ContainerState["mounts"]>[number]): object {
  return defined({ DockerName: name, Source: source || undefined, Destination: destination });
}

export function timeOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}

function unlessEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
