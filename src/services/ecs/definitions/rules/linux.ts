import { type ContainerRule, each, invalidSetting, isBetween, type Rule, twice } from "./rule.ts";

/** The API's integers have 32 bits. */
const largest = 2 ** 31 - 1;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html */
const capabilities = new Set(
  (
    "ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER " +
    "KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP " +
    "SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO " +
    "SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM"
  ).split(" "),
);

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html */
const mountOptions = new Set(
  (
    "defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime " +
    "nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime " +
    "strictatime nostrictatime mode uid gid nr_inodes nr_blocks mpol"
  ).split(" "),
);

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html */
const ipcControl = /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|fs\.mqueue\..+)$/;

const capabilityProblem: ContainerRule = ({ name, linuxParameters }) => {
  const { add = [], drop = [] } = linuxParameters?.capabilities ?? {};
  const unknown = [...add, ...drop].find((capability) => !capabilities.has(capability));
  return unknown === undefined
    ? undefined
    : `${invalidSetting("linuxParameters.capabilities", name)} Unknown capability: '${unknown}'`;
};

const numberProblem: ContainerRule = ({ name, linuxParameters: linux = {} }) => {
  const { sharedMemorySize, maxSwap, swappiness, tmpfs = [] } = linux;
  const isWithin = (value: number | undefined, least: number, most: number) =>
    value === undefined || isBetween(value, least, most);
  if (!isWithin(sharedMemorySize, 0, largest)) return invalidSetting("sharedMemorySize", name);
  if (!isWithin(maxSwap, 0, largest)) return invalidSetting("maxSwap", name);
  if (!isWithin(swappiness, 0, 100)) return invalidSetting("swappiness", name);
  return tmpfs.every(({ size }) => isBetween(size, 1, largest))
    ? undefined
    : `Size of a tmpfs of container '${name}' is invalid. The size is required and must be a positive integer.`;
};

const mountProblem: ContainerRule = ({ name, linuxParameters: linux = {} }) => {
  const { tmpfs = [], devices = [] } = linux;
  for (const { containerPath, mountOptions: options = [] } of tmpfs) {
    if (!containerPath?.startsWith("/")) return `${invalidSetting("tmpfs", name)} The container path must be absolute.`;
    const unknown = options.find((option) => !mountOptions.has(option.split("=")[0] ?? ""));
    if (unknown !== undefined) return `${invalidSetting("tmpfs", name)} Unknown mount option: '${unknown}'`;
  }
  const again = twice(tmpfs.map(({ containerPath }) => containerPath));
  if (again !== undefined) return `${invalidSetting("tmpfs", name)} Duplicate container path: '${again}'`;
  return devices.every(({ hostPath }) => hostPath) ? undefined : invalidSetting("devices", name);
};

const ulimitProblem: ContainerRule = ({ name, ulimits = [] }) => {
  for (const { name: limit, softLimit: soft, hardLimit: hard } of ulimits) {
    // -1 is no limit.
    if (!isBetween(soft, -1, largest) || !isBetween(hard, -1, largest)) return invalidSetting("ulimits", name);
    const isSoftHigher = hard !== -1 && (soft === -1 || (soft ?? 0) > (hard ?? 0));
    if (isSoftHigher) return `Soft limit exceeds hard limit for ulimit ${limit}`;
  }
  const again = twice(ulimits.map((limit) => limit.name));
  return again === undefined ? undefined : `${invalidSetting("ulimits", name)} Duplicate ulimit: '${again}'`;
};

const controlProblem: ContainerRule = ({ name, systemControls = [] }, { networkMode, ipcMode }) => {
  const refused = (namespace: string, why: string) => `${invalidSetting("systemControls", name)} '${namespace}' ${why}`;
  for (const { namespace = "", value } of systemControls) {
    const isNetwork = namespace.startsWith("net.");
    if (!isNetwork && !ipcControl.test(namespace)) return refused(namespace, "is not a supported namespace.");
    if (!value) return refused(namespace, "has no value.");
    if (isNetwork && networkMode === "host") return refused(namespace, "is not supported when networkMode=host.");
    if (!isNetwork && ipcMode === "host") return refused(namespace, "is not supported when ipcMode=host.");
  }
  const again = twice(systemControls.map(({ namespace }) => namespace));
  return again === undefined ? undefined : refused(again, "is set more than once.");
};

/** Linux parameters, ulimits and kernel parameters. */
export const linuxRules: Rule = each(capabilityProblem, numberProblem, mountProblem, ulimitProblem, controlProblem);
