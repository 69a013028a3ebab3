import { defined } from "../../defined.ts";
import type { ContainerSpec } from "../../runtime/containers.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { gpuRequests, gpusOf, gpuVariables } from "./gpus.ts";
import { taskLabels } from "./labels.ts";
import { portMapping } from "./ports.ts";
import { hostConfigOf } from "./shared-with.ts";
import { type AgentTask, attemptNumber, containerOf, payloadOf } from "./task.ts";
import { type AgentVariables, noVariables } from "./variables.ts";

export interface SpecOptions {
  readonly cluster: string;
  /** For `AWS_REGION` and `AWS_DEFAULT_REGION`, where neither the container nor its image sets one. */
  readonly region: string;
  readonly variables?: AgentVariables;
  /** Adds the task's resources. */
  readonly apply: (spec: ContainerSpec) => ContainerSpec;
}

/**
 * The container as the runtime is asked for it, under the name that its attempt was given. The result holds secrets: never log
 * or store it. Pure. Throws a `RuntimeError`.
 */
export function containerSpec(
  task: AgentTask,
  name: string,
  { cluster, region, variables = noVariables, apply }: SpecOptions,
): ContainerSpec {
  const payload = payloadOf(task, name);
  const container = containerOf(task, name);
  const gpus = gpusOf(task, name);
  const { Labels: labels, ...config } = members<{ Labels?: Record<string, string> }>(
    payload.dockerConfig.config,
    "DockerClientConfigError",
    "Unable decode given docker config",
  );
  const { LogConfig: log, ...hostConfig } = members<{ LogConfig?: LogConfig }>(
    payload.dockerConfig.hostConfig,
    "HostConfigError",
    "Unable to decode given host config",
  );
  const spec = apply({
    name: container.attempt.runtimeName ?? "",
    image: payload.image,
    ...defined({ command: payload.command, entryPoint: payload.entryPoint }),
    environment: { ...payload.environment, ...gpuVariables(gpus), ...variables.set(task, name) },
    // The agent's own labels win.
    labels: { ...labels, ...taskLabels(task.payload, cluster, name, attemptNumber(container)) },
    cpu: payload.cpu,
    ...defined({ memory: payload.memory > 0 ? payload.memory * 1024 * 1024 : undefined }),
    ports: payload.portMappings.map(portMapping),
    network: networkOf(task),
    ...defined({ log: log?.Type ? { driver: log.Type, options: withBufferSize(log.Config ?? {}) } : undefined }),
    config,
    hostConfig: { ...hostConfig, ...hostConfigOf(task, payload), ...gpuRequests(gpus) },
  });
  // AWS's agent sets both names of the Region or neither.
  const regions: Variables = region === "" ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };
  const alone = Object.entries(variables.unlessSet(task, name)).map(([key, value]) => ({ [key]: value }));
  return [...alone, regions].reduce(withUnlessSet, spec);
}

/** A name that no other container on the machine has. */
export function runtimeNameOf({ payload }: AgentTask, name: string, suffix: string): string {
  return `ecs-${payload.family}-${payload.version}-${name.replace(/[^A-Za-z0-9-]+/g, "")}-${suffix}`;
}

interface LogConfig {
  readonly Type?: string;
  readonly Config?: Readonly<Record<string, string>>;
}

/** The members of the payload's `document`. The error quotes none of it. */
function members<Known extends object>(
  document: string,
  errorName: string,
  failure: string,
): Known & Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(document) };
  } catch {
    throw new RuntimeError(errorName, failure);
  }
}

function networkOf(task: AgentTask): ContainerSpec["network"] {
  const { networkMode } = task.payload;
  return networkMode === "host" || networkMode === "none" ? networkMode : "bridge";
}

/** AWS's agent gives a non-blocking log driver ten times Docker's buffer. */
function withBufferSize(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return options.mode === "non-blocking" && options["max-buffer-size"] === undefined
    ? { ...options, "max-buffer-size": "10m" }
    : options;
}

type Variables = Readonly<Record<string, string>>;

/** Sets all of the variables, or none where the container or its image sets any of them. */
function withUnlessSet(spec: ContainerSpec, variables: Variables): ContainerSpec {
  const names = Object.keys(variables);
  if (names.length === 0 || names.some((name) => name in spec.environment)) return spec;
  return {
    ...spec,
    environment: { ...spec.environment, ...variables },
    unlessInImage: [...(spec.unlessInImage ?? []), names],
  };
}
