import { userInfo } from "node:os";
import type { ContainerSpec } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";

type Holds = boolean | ((value: unknown) => boolean);

/**
 * What containers may be asked for beside their program, by its names in the Engine's API and in a task definition; and whether it
 * holds for a process of this machine as it is.
 */
const members: Readonly<Record<string, readonly [name: string, holds: Holds]>> = {
  Healthcheck: ["healthCheck", true],
  StopSignal: ["stopSignal", true],
  WorkingDir: ["workingDirectory", true],
  // Nothing competes by weight or by reservation, and the keeper forgets processes that ended.
  MemoryReservation: ["memoryReservation", true],
  Init: ["linuxParameters.initProcessEnabled", true],
  NetworkMode: ["networkMode", true],
  User: ["user", isThisUser],
  Hostname: ["hostname", false],
  NetworkDisabled: ["disableNetworking", isOff],
  OpenStdin: ["interactive", isOff],
  Tty: ["pseudoTerminal", isOff],
  PidMode: ["pidMode", isHost],
  IpcMode: ["ipcMode", isHost],
  Privileged: ["privileged", isOff],
  ReadonlyRootfs: ["readonlyRootFilesystem", isOff],
  Dns: ["dnsServers", false],
  DnsSearch: ["dnsSearchDomains", false],
  ExtraHosts: ["extraHosts", false],
  SecurityOpt: ["dockerSecurityOptions", false],
  Sysctls: ["systemControls", false],
  Ulimits: ["ulimits", false],
  CapAdd: ["linuxParameters.capabilities", false],
  CapDrop: ["linuxParameters.capabilities", false],
  Devices: ["linuxParameters.devices", false],
  ShmSize: ["linuxParameters.sharedMemorySize", false],
  MemorySwap: ["linuxParameters.maxSwap", false],
  MemorySwappiness: ["linuxParameters.swappiness", false],
  Tmpfs: ["linuxParameters.tmpfs", false],
  Binds: ["mountPoints", false],
  VolumesFrom: ["volumesFrom", false],
  Links: ["links", false],
  DeviceRequests: ["resourceRequirements", false],
};

/** Throws `CannotCreateContainerError` with the name of everything that a process cannot have. */
export function checkMembers({ config = {}, hostConfig = {} }: ContainerSpec): void {
  const asked = [...Object.entries(config), ...Object.entries(hostConfig)].filter(([, value]) => value != null);
  const refused = new Set(
    asked.flatMap(([member, value]) => {
      const [name, holds] = members[member] ?? [member, false];
      return (typeof holds === "function" ? holds(value) : holds) ? [] : [name];
    }),
  );
  if (refused.size === 0) return;
  throw new RuntimeError(
    "CannotCreateContainerError",
    `the process runtime starts programs of this machine, which cannot have ${[...refused].join(", ")}; use a Docker Engine`,
  );
}

function isOff(value: unknown): boolean {
  return value === false;
}

/** Processes have the machine's namespaces. */
function isHost(value: unknown): boolean {
  return value === "host";
}

function isThisUser(value: unknown): boolean {
  const { uid, username } = userInfo();
  return value === "" || value === username || value === String(uid);
}
