import type { ContainerSpec, PortMapping } from "../containers.ts";
import { runtimeLabel } from "./labels.ts";

type Json = Readonly<Record<string, unknown>>;

const smallestMemory = 4 * 1024 * 1024;
const smallestShares = 2;
const largestShares = 262_144;

/**
 * The body of the Engine's "create container": what the spec says, then the payload's `config` and `hostConfig` laid over it
 * the way AWS's agent decodes them onto its own struct (scalars and arrays replace, maps merge), then what is never theirs:
 * the network, the log options with their secrets, and our labels.
 */
export function containerOptions(spec: ContainerSpec, prefix: string): Json {
  const config = overlay(configOf(spec), spec.config ?? {});
  const hostConfig = overlay(hostConfigOf(spec), spec.hostConfig ?? {});
  return {
    ...config,
    Labels: { ...(config.Labels as Json), ...ecsLabels(spec.labels), [runtimeLabel]: prefix },
    HostConfig: overlay(hostConfig, {
      NetworkMode: typeof spec.network === "string" ? spec.network : `container:${spec.network.namespace}`,
      ...(spec.log && { LogConfig: { Type: spec.log.driver, Config: spec.log.options } }),
    }),
  };
}

function configOf(spec: ContainerSpec): Json {
  return {
    Image: spec.image,
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: spec.labels,
    ...(spec.command && { Cmd: spec.command }),
    ...(spec.entryPoint && { Entrypoint: spec.entryPoint }),
    // The ports of a shared namespace are its own, and the Engine refuses to be told of them twice.
    ...(typeof spec.network === "string" && {
      ExposedPorts: Object.fromEntries(spec.ports.map((p) => [portName(p), {}])),
    }),
  };
}

function hostConfigOf(spec: ContainerSpec): Json {
  return {
    CpuShares: Math.min(Math.max(spec.cpu ?? 0, smallestShares), largestShares),
    ...(spec.memory && { Memory: Math.max(spec.memory, smallestMemory) }),
    ...(spec.network === "bridge" && { PortBindings: portBindings(spec.ports) }),
  };
}

function portBindings(ports: readonly PortMapping[]): Json {
  const bindings: Record<string, { HostPort: string }[]> = {};
  for (const port of ports) {
    const name = portName(port);
    bindings[name] = [...(bindings[name] ?? []), { HostPort: port.hostPort === 0 ? "" : String(port.hostPort) }];
  }
  return bindings;
}

function portName({ containerPort, protocol }: PortMapping): string {
  return `${containerPort}/${protocol}`;
}

/** https://github.com/aws/amazon-ecs-agent sets these five; a task definition's `dockerLabels` cannot take their place. */
function ecsLabels(labels: ContainerSpec["labels"]): Json {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name.startsWith("com.amazonaws.ecs.")));
}

/** `top` over `base`: objects merge, anything else replaces, null says nothing. */
function overlay(base: Json, top: Json): Json {
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(top)) {
    if (value === null || value === undefined) continue;
    const below = result[name];
    result[name] = isMap(below) && isMap(value) ? overlay(below, value) : value;
  }
  return result;
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
