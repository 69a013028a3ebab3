import type { PayloadTask } from "../acs/protocol.ts";
import type { ContainerSpec } from "../runtime/containers.ts";
import { RuntimeError } from "../runtime/runtime-error.ts";
import { applySecrets, type SecretValues } from "./secrets/index.ts";
import { type AgentTask, payloadOf } from "./task.ts";

/** Labels under which AWS's agent marks its containers; they win over the task definition's. */
const labelPrefix = "com.amazonaws.ecs";

export interface SpecOptions {
  readonly cluster: string;
  /** For `AWS_REGION` and `AWS_DEFAULT_REGION`, where the container sets neither. */
  readonly region: string;
  readonly values: SecretValues;
  /** Random hexadecimal that makes the container's name unique. */
  readonly suffix: string;
}

/** The container as the runtime is asked for it. The result holds secrets: never log or store it. Pure. Throws a `RuntimeError`. */
export function containerSpec(task: AgentTask, name: string, options: SpecOptions): ContainerSpec {
  const payload = payloadOf(task, name);
  const { Labels: labels, ...config } = members(
    payload.dockerConfig.config,
    "DockerClientConfigError",
    "Unable decode given docker config",
  );
  const { LogConfig, ...hostConfig } = members(
    payload.dockerConfig.hostConfig,
    "HostConfigError",
    "Unable to decode given host config",
  );
  const log = LogConfig as { Type?: string; Config?: Record<string, string> } | undefined;
  const requests = payload.secrets.map((secret) => ({ ...secret, container: name }));
  const settings = applySecrets(requests, options.values, {
    environment: payload.environment,
    logDriver: log?.Type ?? "",
    logOptions: withBufferSize(log?.Config ?? {}),
  });
  return {
    name: `ecs-${task.payload.family}-${task.payload.version}-${name.replace(/[^A-Za-z0-9-]+/g, "")}-${options.suffix}`,
    image: payload.image,
    ...(payload.command && { command: payload.command }),
    ...(payload.entryPoint && { entryPoint: payload.entryPoint }),
    environment: withRegion(settings.environment, options.region),
    labels: { ...(labels as Record<string, string> | undefined), ...taskLabels(task.payload, options.cluster, name) },
    cpu: payload.cpu,
    ...(payload.memory > 0 && { memory: payload.memory * 1024 * 1024 }),
    ports: task.payload.networkMode === "awsvpc" ? [] : payload.portMappings,
    network: networkOf(task),
    ...(log?.Type && { log: { driver: log.Type, options: settings.logOptions } }),
    config,
    hostConfig,
  };
}

/** The members of the payload's `document`. The error quotes none of it. */
function members(document: string, errorName: string, failure: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(document) as Record<string, unknown> | null) };
  } catch {
    throw new RuntimeError(errorName, failure);
  }
}

/** Labels that tell whose container (or namespace) it is. */
export function taskLabels(task: PayloadTask, cluster: string, container: string): Record<string, string> {
  return {
    [`${labelPrefix}.task-arn`]: task.arn,
    [`${labelPrefix}.container-name`]: container,
    [`${labelPrefix}.task-definition-family`]: task.family,
    [`${labelPrefix}.task-definition-version`]: task.version,
    [`${labelPrefix}.cluster`]: cluster,
  };
}

function networkOf(task: AgentTask): ContainerSpec["network"] {
  if (task.namespace.id !== undefined) return { namespace: task.namespace.id };
  const { networkMode } = task.payload;
  return networkMode === "host" || networkMode === "none" ? networkMode : "bridge";
}

/** AWS's agent gives a non-blocking log driver ten times Docker's buffer. */
function withBufferSize(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return options.mode === "non-blocking" && options["max-buffer-size"] === undefined
    ? { ...options, "max-buffer-size": "10m" }
    : options;
}

function withRegion(environment: Readonly<Record<string, string>>, region: string): Readonly<Record<string, string>> {
  if ("AWS_REGION" in environment || "AWS_DEFAULT_REGION" in environment || region === "") return environment;
  return { ...environment, AWS_REGION: region, AWS_DEFAULT_REGION: region };
}
