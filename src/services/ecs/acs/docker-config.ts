import type { ContainerDefinition, HealthCheck, Tmpfs } from "@aws-sdk/client-ecs";

/** Members of the Engine API's `Config` and `HostConfig`, as far as a container definition says anything of them. */
export interface DockerConfig {
  readonly config: Readonly<Record<string, unknown>>;
  readonly hostConfig: Readonly<Record<string, unknown>>;
}

export interface DockerTask {
  readonly id: string;
  readonly networkMode: string;
}

const mebibyte = 1024 * 1024;
const second = 1e9;

/**
 * The settings that AWS's control plane has the agent give Docker. It leaves out those that the agent sets by itself: command, entry point,
 * environment, image, ports, CPU shares, the hard memory limit, volumes, links, and the namespaces that the task shares.
 */
export function dockerConfig(container: ContainerDefinition, task: DockerTask): DockerConfig {
  const linux = container.linuxParameters;
  const awsvpc = task.networkMode === "awsvpc";
  const config = {
    Labels: filled(container.dockerLabels),
    User: container.user,
    WorkingDir: container.workingDirectory,
    Hostname: awsvpc ? undefined : container.hostname,
    NetworkDisabled: container.disableNetworking,
    OpenStdin: container.interactive,
    Tty: container.pseudoTerminal,
    Healthcheck: container.healthCheck && healthCheck(container.healthCheck),
  };
  const hostConfig = {
    // The agent gives awsvpc tasks their network.
    NetworkMode: awsvpc ? undefined : task.networkMode,
    MemoryReservation: container.memoryReservation && container.memoryReservation * mebibyte,
    Privileged: container.privileged,
    ReadonlyRootfs: container.readonlyRootFilesystem,
    LogConfig: logConfig(container, task),
    Dns: awsvpc ? undefined : filled(container.dnsServers),
    DnsSearch: awsvpc ? undefined : filled(container.dnsSearchDomains),
    ExtraHosts: awsvpc
      ? undefined
      : filled(container.extraHosts?.map(({ hostname, ipAddress }) => `${hostname}:${ipAddress}`)),
    SecurityOpt: filled(container.dockerSecurityOptions),
    Sysctls: filled(
      Object.fromEntries(container.systemControls?.map((control) => [control.namespace, control.value]) ?? []),
    ),
    Ulimits: filled(
      container.ulimits?.map(({ name, softLimit, hardLimit }) => ({ Name: name, Soft: softLimit, Hard: hardLimit })),
    ),
    CapAdd: filled(linux?.capabilities?.add),
    CapDrop: filled(linux?.capabilities?.drop),
    Devices: filled(
      linux?.devices?.map(({ hostPath, containerPath, permissions }) => ({
        PathOnHost: hostPath,
        PathInContainer: containerPath ?? hostPath,
        CgroupPermissions: permissions?.length ? permissions.map((permission) => permission[0]).join("") : "rwm",
      })),
    ),
    Init: linux?.initProcessEnabled,
    ShmSize: linux?.sharedMemorySize && linux.sharedMemorySize * mebibyte,
    // Docker takes memory and swap together; without a memory limit the host's defaults stay.
    MemorySwap:
      linux?.maxSwap !== undefined && container.memory ? (container.memory + linux.maxSwap) * mebibyte : undefined,
    MemorySwappiness: linux?.maxSwap === undefined ? undefined : (linux.swappiness ?? 60),
    Tmpfs: filled(Object.fromEntries(linux?.tmpfs?.map((mount) => [mount.containerPath, tmpfsOptions(mount)]) ?? [])),
  };
  return { config: defined(config), hostConfig: defined(hostConfig) };
}

/**
 * ECS takes commands without `CMD` or `CMD-SHELL` in front, and Fargate runs them; Docker would run nothing. One word or several are
 * a program and its arguments, one text with blanks is for the shell.
 */
function healthTest(command: readonly string[] = []): readonly string[] {
  const [form = ""] = command;
  if (command.length === 0 || ["CMD", "CMD-SHELL", "NONE"].includes(form)) return command;
  return [command.length === 1 && /\s/.test(form) ? "CMD-SHELL" : "CMD", ...command];
}

function healthCheck({ command, interval, timeout, retries, startPeriod }: HealthCheck) {
  return {
    Test: healthTest(command),
    Interval: (interval ?? 30) * second,
    Timeout: (timeout ?? 5) * second,
    Retries: retries ?? 3,
    ...(startPeriod && { StartPeriod: startPeriod * second }),
  };
}

/** `awslogs-stream-prefix` is ECS's own option: Docker's driver knows `awslogs-stream`. */
function logConfig({ name, logConfiguration }: ContainerDefinition, task: DockerTask) {
  if (!logConfiguration) return undefined;
  const { "awslogs-stream-prefix": prefix, ...options } = logConfiguration.options ?? {};
  if (logConfiguration.logDriver !== "awslogs") {
    return { Type: logConfiguration.logDriver, Config: logConfiguration.options ?? {} };
  }
  const stream = prefix === undefined ? {} : { "awslogs-stream": `${prefix}/${name}/${task.id}` };
  return { Type: "awslogs", Config: { ...options, ...stream } };
}

function tmpfsOptions({ size, mountOptions }: Tmpfs): string {
  return [`size=${size}m`, ...(mountOptions ?? [])].join(",");
}

function filled<T extends object>(value: T | undefined): T | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined;
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
