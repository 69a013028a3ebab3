import type { Attribute, Volume } from "@aws-sdk/client-ecs";
import type { Container, TaskDefinition } from "./definition.ts";

const capability = "ecs.capability.";
const legacy = "com.amazonaws.ecs.capability.";
const api = (version: string) => `${legacy}docker-remote-api.${version}`;

type Described = Omit<TaskDefinition, "arn" | "revision" | "status" | "registeredAt">;

/**
 * The abilities that an instance needs to run the definition, under AWS's names; sorted, each once. AWS publishes no list: these
 * are what its DescribeTaskDefinition shows for definitions that people have published.
 */
export function requiredAttributes(definition: Described): Attribute[] {
  const executionRole = definition.executionRoleArn !== undefined;
  const names = new Set([
    ...ofTask(definition),
    ...(definition.volumes ?? []).flatMap((volume) => [...ofVolume(volume)]),
    ...definition.containerDefinitions.flatMap((container) => [
      ...ofSettings(container),
      ...ofLinux(container),
      ...ofLogs(container, executionRole),
      ...ofImage(container, executionRole),
    ]),
  ]);
  return [...names].sort().map((name) => ({ name }));
}

/**
 * What placement asks of an instance: the attributes that the definition shows, and its platform, which it does not show. A
 * definition that names no platform runs on any.
 */
export function placementAttributes(definition: TaskDefinition): readonly Attribute[] {
  const { cpuArchitecture: cpu, operatingSystemFamily: system } = definition.runtimePlatform ?? {};
  const isWindows = system?.startsWith("WINDOWS_");
  return [
    ...(definition.requiresAttributes ?? []),
    ...(system === undefined ? [] : [{ name: "ecs.os-type", value: isWindows ? "windows" : "linux" }]),
    ...(system !== undefined && isWindows ? [{ name: "ecs.os-family", value: system }] : []),
    ...(cpu === undefined ? [] : [{ name: "ecs.cpu-architecture", value: cpu === "ARM64" ? "arm64" : "x86_64" }]),
  ];
}

function* ofTask(definition: Described): Generator<string> {
  const { networkMode, ipcMode } = definition;
  if (definition.taskRoleArn) yield `${legacy}task-iam-role${networkMode === "host" ? "-network-host" : ""}`;
  if (networkMode === "awsvpc") yield `${capability}task-eni`;
  if (networkMode === "awsvpc" || definition.cpu || definition.memory) yield api("1.18");
  if (definition.pidMode || ipcMode) yield `${capability}pid-ipc-namespace-sharing`;
  if (ipcMode === "none") yield api("1.32");
  if (definition.ephemeralStorage) yield `${capability}extensible-ephemeral-storage`;
  if (definition.proxyConfiguration) yield `${capability}aws-appmesh`;
  if (definition.enableFaultInjection) yield `${capability}fault-injection`;
}

function* ofVolume(volume: Volume): Generator<string> {
  const { dockerVolumeConfiguration: docker, efsVolumeConfiguration: efs } = volume;
  if (docker) {
    yield `${capability}docker-plugin.${docker.driver || "local"}`;
    yield api("1.25");
  }
  if (efs) {
    // AWS asks for both, also where nothing is authorised.
    yield `${capability}efs`;
    yield `${capability}efsAuth`;
    yield api("1.25");
  }
  if (volume.s3filesVolumeConfiguration) yield `${capability}storage.s3-files`;
  if (volume.fsxWindowsFileServerVolumeConfiguration) yield `${capability}fsxWindowsFileServer`;
  if (volume.configuredAtLaunch) yield `${capability}storage.ebs-task-volume-attach`;
}

function* ofSettings(container: Container): Generator<string> {
  const { healthCheck, firelensConfiguration: firelens, dockerLabels = {} } = container;
  for (const { valueFrom } of container.secrets ?? []) {
    yield `${capability}secrets.${providerOf(valueFrom)}.environment-variables`;
  }
  if (container.environmentFiles?.length) yield `${capability}env-files.s3`;
  if (healthCheck) {
    yield `${capability}container-health-check`;
    yield api(healthCheck.startPeriod ? "1.29" : "1.24");
  }
  if (container.memoryReservation) yield api("1.21");
  if (asksForFirst(container) || Object.keys(dockerLabels).length > 0) yield api("1.17");
  if (container.dependsOn?.length || container.startTimeout || container.stopTimeout) {
    yield `${capability}container-ordering`;
  }
  if (container.restartPolicy?.enabled) yield `${capability}container-restart-policy`;
  if (container.portMappings?.some(({ containerPortRange }) => containerPortRange)) {
    yield `${capability}network.container-port-range`;
  }
  for (const spec of container.credentialSpecs ?? []) {
    yield `${capability}${spec.startsWith("credentialspecdomainless:") ? "gmsa-domainless" : "gmsa"}`;
  }
  if (firelens) yield* ofRouter(container, firelens);
}

function* ofRouter({ user }: Container, { type, options }: NonNullable<Container["firelensConfiguration"]>) {
  yield `${capability}firelens.${type}`;
  const source = options?.["config-file-type"];
  if (source) yield `${capability}firelens.options.config.${source}`;
  if (!isRoot(user)) yield `${capability}firelens.options.non-root-user`;
}

/** Members that came with the first of Docker's APIs that ECS knows by number; AWS counts them also where they are empty. */
function asksForFirst(container: Container): boolean {
  const { links, dnsServers, dnsSearchDomains, extraHosts, disableNetworking, hostname, workingDirectory } = container;
  const members = [links, dnsServers, dnsSearchDomains, extraHosts, disableNetworking, hostname, workingDirectory];
  return !isRoot(container.user) || members.some((member) => member !== undefined);
}

function isRoot(user: string | undefined): boolean {
  return user === undefined || user === "" || /^(0|root)(:|$)/.test(user);
}

function* ofLinux(container: Container): Generator<string> {
  const { linuxParameters: linux } = container;
  if (container.privileged) yield `${legacy}privileged-container`;
  if (container.ulimits?.length) yield api("1.18");
  if (linux?.tmpfs?.length || linux?.sharedMemorySize) yield api("1.22");
  if (linux?.initProcessEnabled) yield api("1.25");
  for (const option of container.dockerSecurityOptions ?? []) {
    if (option.startsWith("no-new-privileges")) yield api("1.23");
    if (option.startsWith("label:")) yield `${legacy}selinux`;
    if (option.startsWith("apparmor:")) yield `${legacy}apparmor`;
    if (option.startsWith("credentialspec:")) yield `${capability}gmsa`;
  }
}

/** The first of Docker's APIs that each driver is there with. */
const driverApis: Readonly<Record<string, string>> = {
  "json-file": "1.18",
  syslog: "1.18",
  journald: "1.19",
  gelf: "1.20",
  fluentd: "1.20",
  awslogs: "1.19",
  awsfirelens: "1.19",
  splunk: "1.22",
};

function* ofLogs({ logConfiguration: log }: Container, executionRole: boolean): Generator<string> {
  if (!log) return;
  const { logDriver = "", options = {} } = log;
  yield `${legacy}logging-driver.${logDriver}`;
  const version = driverApis[logDriver];
  if (version !== undefined) yield api(version);
  for (const { valueFrom } of log.secretOptions ?? []) {
    yield `${capability}secrets.${providerOf(valueFrom)}.bootstrap.log-driver`;
  }
  if (logDriver === "awslogs") {
    if (executionRole) yield `${capability}execution-role-awslogs`;
    if (options["awslogs-create-group"]) yield api("1.29");
  }
  if (logDriver === "awsfirelens" && options["log-driver-buffer-limit"]) {
    yield `${capability}logging-driver.awsfirelens.log-driver-buffer-limit`;
  }
  if (options.mode || options["max-buffer-size"]) yield api("1.28");
}

function* ofImage({ image, repositoryCredentials }: Container, executionRole: boolean): Generator<string> {
  if (repositoryCredentials) yield `${capability}private-registry-authentication.secretsmanager`;
  if (!isEcrImage(image)) return;
  yield `${legacy}ecr-auth`;
  if (executionRole) yield `${capability}execution-role-ecr-pull`;
}

export function isEcrImage(image: string): boolean {
  return /^\d{12}\.dkr[.-]ecr[a-z-]*\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)\//.test(image);
}

function providerOf(valueFrom: string | undefined): "asm" | "ssm" {
  return /^arn:[^:]*:secretsmanager:/.test(valueFrom ?? "") ? "asm" : "ssm";
}
