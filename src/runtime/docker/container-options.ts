import { defined } from "../../defined.ts";
import type { ContainerSpec, PortMapping } from "../containers.ts";
import { isReservedLabel } from "../identity.ts";
import { singlePorts } from "../ports.ts";
import type { BindMount } from "./file-stores.ts";
import { runtimeLabel } from "./labels.ts";

type Json = Readonly<Record<string, unknown>>;

const smallestMemory = 4 * 1024 * 1024;
const smallestShares = 2;
const largestShares = 262_144;

/**
 * The body of the Engine's "create container". The payload's `config` and `hostConfig` are laid over the spec the way AWS's agent
 * decodes them onto its own struct: scalars and arrays replace, maps merge. They never replace the network, the log options
 * with their secrets, and the agent's labels. `mounts` are put to those that it asks for.
 */
export function containerOptions(spec: ContainerSpec, prefix: string, mounts: readonly BindMount[] = []): Json {
  const config = overlay(configOf(spec), spec.config ?? {});
  const hostConfig = overlay(hostConfigOf(spec), spec.hostConfig ?? {});
  return {
    ...config,
    Labels: { ...(isMap(config.Labels) && config.Labels), ...reservedLabels(spec.labels), [runtimeLabel]: prefix },
    HostConfig: overlay(hostConfig, {
      NetworkMode: typeof spec.network === "string" ? spec.network : `container:${spec.network.namespace}`,
      ...(mounts.length > 0 && { Mounts: [...(Array.isArray(hostConfig.Mounts) ? hostConfig.Mounts : []), ...mounts] }),
      ...defined({ LogConfig: spec.log && { Type: spec.log.driver, Config: spec.log.options } }),
    }),
  };
}

function configOf(spec: ContainerSpec): Json {
  return {
    Image: spec.image,
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: spec.labels,
    ...defined({
      Cmd: spec.command,
      Entrypoint: spec.entryPoint,
      // The ports of a shared namespace are its own, and the Engine refuses to be given them twice.
      ExposedPorts: typeof spec.network === "string" ? exposedPorts(spec.ports) : undefined,
    }),
  };
}

function hostConfigOf(spec: ContainerSpec): Json {
  return {
    CpuShares: Math.min(Math.max(spec.cpu ?? 0, smallestShares), largestShares),
    ...defined({
      Memory: spec.memory ? Math.max(spec.memory, smallestMemory) : undefined,
      PortBindings: spec.network === "bridge" ? portBindings(spec.ports) : undefined,
    }),
  };
}

export function exposedPorts(ports: readonly PortMapping[]): Json {
  return Object.fromEntries(singlePorts(ports).map((port) => [portName(port), {}]));
}

export function portBindings(ports: readonly PortMapping[]): Json {
  const bindings: Record<string, { HostPort: string }[]> = {};
  for (const port of singlePorts(ports)) {
    const name = portName(port);
    bindings[name] = [...(bindings[name] ?? []), { HostPort: port.hostPort === 0 ? "" : String(port.hostPort) }];
  }
  return bindings;
}

function portName({ containerPort, protocol }: PortMapping): string {
  return `${containerPort}/${protocol}`;
}

/** A task definition's `dockerLabels` cannot take the place of the agent's. */
function reservedLabels(labels: ContainerSpec["labels"]): Json {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => isReservedLabel(name)));
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
