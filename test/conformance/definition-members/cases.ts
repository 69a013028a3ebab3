import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, Volume } from "@aws-sdk/client-ecs";

export type Registration = Omit<RegisterTaskDefinitionCommandInput, "family">;

/** Two definitions that differ in one member, or, where a member comes with others only, in these. */
export interface Pair {
  readonly given: Registration;
  readonly without: Registration;
}

/** What a member of a task definition does. */
export type Effect =
  /** The agent gets another payload. */
  | ({ readonly effect: "payload"; readonly together?: string } & Pair)
  /** The agent gets another payload, if there is an agent that runs such definitions. */
  | ({ readonly effect: "payload where it runs" } & Pair)
  /** Placement asks the instance for something. */
  | ({ readonly effect: "placement" } & Pair)
  /** Asks for an attribute that no agent has, so that the definition runs nowhere. */
  | ({ readonly effect: "nowhere" } & Pair)
  /** The registration is refused. */
  | { readonly effect: "refused"; readonly given: Registration; readonly message: RegExp }
  /** It has one value only. */
  | { readonly effect: "constant" }
  /** It changes nothing that runs, for a reason. */
  | { readonly effect: "record"; readonly reason: string };

const role = "arn:aws:iam::111122223333:role/execution";
const image = "nginx";
const healthCheck = { command: ["CMD", "true"] };
const volumes = [{ name: "v" }, { name: "w" }];

/** Three containers, of which the first has the members. */
function containers(first: object, second: object = {}): ContainerDefinition[] {
  return [
    { name: "app", image, memory: 64, ...first },
    { name: "other", image, memory: 64, essential: false, healthCheck, ...second },
    { name: "third", image, memory: 64, essential: false },
  ];
}

const pair = (given: object, without: object, task: Partial<Registration> = {}, second: object = {}): Pair => ({
  given: { volumes, ...task, containerDefinitions: containers(given, second) },
  without: { volumes, ...task, containerDefinitions: containers(without, second) },
});

/** A member of a container that the agent is told of. */
const told = (given: object, without: object = {}, task: Partial<Registration> = {}, second: object = {}): Effect => ({
  effect: "payload",
  ...pair(given, without, task, second),
});

/** A member of the task that the agent is told of. */
const ofTask = (given: Partial<Registration>, without: Partial<Registration> = {}): Effect => ({
  effect: "payload",
  given: { containerDefinitions: containers({}), ...given },
  without: { containerDefinitions: containers({}), ...without },
});

const placed = (given: Partial<Registration>, without: Partial<Registration> = {}): Effect => ({
  ...(ofTask(given, without) as Pair),
  effect: "placement",
});

const nowhere = (given: Partial<Registration>, without: Partial<Registration> = {}): Effect => ({
  ...(ofTask(given, without) as Pair),
  effect: "nowhere",
});

/** A member of a mounted volume that the agent is told of. */
const ofVolume = (
  given: Partial<Volume>,
  without: Partial<Volume> = {},
  effect: "payload" | "payload where it runs" = "payload",
): Effect => {
  const of = (volume: Partial<Volume>) => ({
    volumes: [{ name: "v", ...volume }],
    containerDefinitions: containers({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }),
  });
  return { effect, given: of(given), without: of(without) };
};

const docker = (given: object, without: object = {}) => {
  const of = (members: object) => ({ dockerVolumeConfiguration: { scope: "shared" as const, ...members } });
  return ofVolume(of(given), of(without), "payload where it runs");
};
const efs = (given: object, without: object = {}) => {
  const of = (members: object) => ({
    efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "ENABLED" as const, ...members },
  });
  return ofVolume(of(given), of(without), "payload where it runs");
};
const s3files = nowhere({
  volumes: [
    {
      name: "v",
      s3filesVolumeConfiguration: {
        fileSystemArn: "arn:aws:s3files:us-east-1:111122223333:file-system/fs-1",
        rootDirectory: "/",
        transitEncryptionPort: 2049,
        accessPointArn: "arn:aws:s3files:us-east-1:111122223333:access-point/ap-1",
      },
    },
  ],
});
const fsx = nowhere({
  volumes: [
    {
      name: "v",
      fsxWindowsFileServerVolumeConfiguration: {
        fileSystemId: "fs-1",
        rootDirectory: "data",
        authorizationConfig: { credentialsParameter: "arn:aws:secretsmanager:x", domain: "example.com" },
      },
    },
  ],
});
const proxy = nowhere(
  {
    networkMode: "awsvpc",
    proxyConfiguration: {
      containerName: "other",
      properties: ["ProxyIngressPort", "ProxyEgressPort", "AppPorts", "IgnoredUID"].map((name) => ({
        name,
        value: "1",
      })),
    },
  },
  { networkMode: "awsvpc" },
);

const port = (given: object, without: object = {}) =>
  told({ portMappings: [{ containerPort: 80, ...given }] }, { portMappings: [{ containerPort: 80, ...without }] });
const linux = (given: object, without: object = {}) => told({ linuxParameters: given }, { linuxParameters: without });
const tmpfs = (given: object, without: object = {}) => {
  const of = (members: object) => ({ tmpfs: [{ containerPath: "/t", size: 1, ...members }] });
  return linux(of(given), of(without));
};
const device = (given: object, without: object = {}) => {
  const of = (members: object) => ({ devices: [{ hostPath: "/dev/null", ...members }] });
  return linux(of(given), of(without));
};
const check = (given: object, without: object = {}) =>
  told({ healthCheck: { ...healthCheck, ...given } }, { healthCheck: { ...healthCheck, ...without } });
const log = (given: object, without: object = {}) => {
  const of = (members: object) => ({ logConfiguration: { logDriver: "json-file", ...members } });
  return told(of(given), of(without), { executionRoleArn: role });
};
const secretOption = (given: object) =>
  log(
    { secretOptions: [{ name: "tag", valueFrom: "/tag", ...given }] },
    { secretOptions: [{ name: "tag", valueFrom: "/tag" }] },
  );
const secret = (given: object) =>
  told(
    { secrets: [{ name: "A", valueFrom: "/a", ...given }] },
    { secrets: [{ name: "A", valueFrom: "/a" }] },
    {
      executionRoleArn: role,
    },
  );
const router = (given: object, without: object) =>
  told(
    { firelensConfiguration: { type: "fluentbit", ...given } },
    { firelensConfiguration: { type: "fluentbit", ...without } },
    {},
    { logConfiguration: { logDriver: "awsfirelens" } },
  );
const restart = (given: object, without: object = {}) =>
  told({ restartPolicy: { enabled: true, ...given } }, { restartPolicy: { enabled: true, ...without } });
const ulimit = (given: object) => {
  const of = (members: object) => ({ ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2, ...members }] });
  return told(of(given), of({}));
};
const sharing: Effect = {
  effect: "refused",
  given: {
    containerDefinitions: containers({
      resourceRequirements: [
        { type: "GPU", value: "1", sharingStrategy: { nvidiaMps: { maxComputePercent: 50, memory: 1024 } } },
      ],
    }),
  },
  message: /^Sharing a GPU is not supported/,
};
const constant: Effect = { effect: "constant" };

const ofContainer: Readonly<Record<string, Effect>> = {
  name: told({ name: "renamed" }),
  image: told({ image: "httpd" }),
  "repositoryCredentials.credentialsParameter": told(
    { repositoryCredentials: { credentialsParameter: "registry" } },
    {},
    { executionRoleArn: role },
  ),
  cpu: told({ cpu: 10 }),
  memory: told({ memory: 128 }),
  memoryReservation: told({ memoryReservation: 32 }),
  "links[]": told({ links: ["other:db"] }, { links: ["other"] }),
  "portMappings[].containerPort": port({ containerPort: 81 }),
  "portMappings[].hostPort": port({ hostPort: 8080 }),
  "portMappings[].protocol": port({ protocol: "udp" }),
  "portMappings[].containerPortRange": {
    effect: "placement",
    ...pair({ portMappings: [{ containerPortRange: "80-90" }] }, {}),
  },
  "portMappings[].name": {
    effect: "record",
    reason: "names a port for Service Connect and VPC Lattice, which CreateService and UpdateService refuse",
  },
  "portMappings[].appProtocol": { effect: "record", reason: "is of Service Connect, as the port's name" },
  essential: told({}, { essential: false }, {}, { essential: true }),
  "restartPolicy.enabled": told({ restartPolicy: { enabled: true } }, { restartPolicy: { enabled: false } }),
  "restartPolicy.ignoredExitCodes[]": restart({ ignoredExitCodes: [1] }),
  "restartPolicy.restartAttemptPeriod": restart({ restartAttemptPeriod: 60 }),
  "entryPoint[]": told({ entryPoint: ["sh"] }),
  "command[]": told({ command: ["true"] }),
  "environment[].name": told(
    { environment: [{ name: "A", value: "1" }] },
    { environment: [{ name: "B", value: "1" }] },
  ),
  "environment[].value": told(
    { environment: [{ name: "A", value: "1" }] },
    { environment: [{ name: "A", value: "2" }] },
  ),
  "environmentFiles[].value": told(
    { environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/a.env" }] },
    { environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/b.env" }] },
    { executionRoleArn: role },
  ),
  "environmentFiles[].type": constant,
  "mountPoints[].sourceVolume": told(
    { mountPoints: [{ sourceVolume: "v", containerPath: "/m" }] },
    { mountPoints: [{ sourceVolume: "w", containerPath: "/m" }] },
  ),
  "mountPoints[].containerPath": told(
    { mountPoints: [{ sourceVolume: "v", containerPath: "/m" }] },
    { mountPoints: [{ sourceVolume: "v", containerPath: "/n" }] },
  ),
  "mountPoints[].readOnly": told(
    { mountPoints: [{ sourceVolume: "v", containerPath: "/m", readOnly: true }] },
    { mountPoints: [{ sourceVolume: "v", containerPath: "/m" }] },
  ),
  "volumesFrom[].sourceContainer": told({ volumesFrom: [{ sourceContainer: "other" }] }),
  "volumesFrom[].readOnly": told(
    { volumesFrom: [{ sourceContainer: "other", readOnly: true }] },
    { volumesFrom: [{ sourceContainer: "other" }] },
  ),
  "linuxParameters.capabilities.add[]": linux({ capabilities: { add: ["NET_ADMIN"] } }),
  "linuxParameters.capabilities.drop[]": linux({ capabilities: { drop: ["ALL"] } }),
  "linuxParameters.devices[].hostPath": device(
    { hostPath: "/dev/zero", containerPath: "/dev/x" },
    { containerPath: "/dev/x" },
  ),
  "linuxParameters.devices[].containerPath": device({ containerPath: "/dev/x" }),
  "linuxParameters.devices[].permissions[]": device({ permissions: ["read"] }),
  "linuxParameters.initProcessEnabled": linux({ initProcessEnabled: true }),
  "linuxParameters.sharedMemorySize": linux({ sharedMemorySize: 128 }),
  "linuxParameters.tmpfs[].containerPath": tmpfs({ containerPath: "/u" }),
  "linuxParameters.tmpfs[].size": tmpfs({ size: 2 }),
  "linuxParameters.tmpfs[].mountOptions[]": tmpfs({ mountOptions: ["noexec"] }),
  "linuxParameters.maxSwap": linux({ maxSwap: 10 }),
  "linuxParameters.swappiness": linux({ maxSwap: 10, swappiness: 1 }, { maxSwap: 10 }),
  "secrets[].name": secret({ name: "B" }),
  "secrets[].valueFrom": secret({ valueFrom: "/b" }),
  "dependsOn[].containerName": told(
    { dependsOn: [{ containerName: "other", condition: "START" }] },
    { dependsOn: [{ containerName: "third", condition: "START" }] },
  ),
  "dependsOn[].condition": told(
    { dependsOn: [{ containerName: "other", condition: "HEALTHY" }] },
    { dependsOn: [{ containerName: "other", condition: "START" }] },
  ),
  startTimeout: told({ startTimeout: 30 }),
  stopTimeout: told({ stopTimeout: 30 }),
  versionConsistency: {
    effect: "record",
    reason: "images are pulled by what the definition names, as with `disabled`; docs/divergences.md says so",
  },
  hostname: told({ hostname: "web" }),
  user: told({ user: "1000" }),
  workingDirectory: told({ workingDirectory: "/srv" }),
  disableNetworking: told({ disableNetworking: true }),
  privileged: told({ privileged: true }),
  readonlyRootFilesystem: told({ readonlyRootFilesystem: true }),
  "dnsServers[]": told({ dnsServers: ["10.0.0.2"] }),
  "dnsSearchDomains[]": told({ dnsSearchDomains: ["example.com"] }),
  "extraHosts[].hostname": told(
    { extraHosts: [{ hostname: "a", ipAddress: "10.0.0.3" }] },
    { extraHosts: [{ hostname: "b", ipAddress: "10.0.0.3" }] },
  ),
  "extraHosts[].ipAddress": told(
    { extraHosts: [{ hostname: "a", ipAddress: "10.0.0.3" }] },
    { extraHosts: [{ hostname: "a", ipAddress: "10.0.0.4" }] },
  ),
  "dockerSecurityOptions[]": told({ dockerSecurityOptions: ["no-new-privileges"] }),
  interactive: told({ interactive: true }),
  pseudoTerminal: told({ pseudoTerminal: true }),
  "dockerLabels{}": told({ dockerLabels: { team: "blue" } }),
  "ulimits[].name": ulimit({ name: "nproc" }),
  "ulimits[].softLimit": ulimit({ softLimit: 0 }),
  "ulimits[].hardLimit": ulimit({ hardLimit: 3 }),
  "logConfiguration.logDriver": log({ logDriver: "syslog" }),
  "logConfiguration.options{}": log({ options: { "max-size": "1m" } }),
  "logConfiguration.secretOptions[].name": secretOption({ name: "labels" }),
  "logConfiguration.secretOptions[].valueFrom": secretOption({ valueFrom: "/other" }),
  "healthCheck.command[]": check({ command: ["CMD", "false"] }),
  "healthCheck.interval": check({ interval: 5 }),
  "healthCheck.timeout": check({ timeout: 2 }),
  "healthCheck.retries": check({ retries: 1 }),
  "healthCheck.startPeriod": check({ startPeriod: 10 }),
  "systemControls[].namespace": told(
    { systemControls: [{ namespace: "net.core.somaxconn", value: "1" }] },
    { systemControls: [{ namespace: "net.ipv4.ip_forward", value: "1" }] },
  ),
  "systemControls[].value": told(
    { systemControls: [{ namespace: "net.core.somaxconn", value: "1" }] },
    { systemControls: [{ namespace: "net.core.somaxconn", value: "2" }] },
  ),
  "resourceRequirements[].value": {
    effect: "placement",
    ...pair({ resourceRequirements: [{ type: "GPU", value: "1" }] }, {}),
  },
  "resourceRequirements[].type": {
    effect: "refused",
    given: {
      containerDefinitions: containers({ resourceRequirements: [{ type: "InferenceAccelerator", value: "x" }] }),
    },
    message: /^Unsupported resource requirement 'InferenceAccelerator'/,
  },
  "resourceRequirements[].sharingStrategy.nvidiaMps.maxComputePercent": sharing,
  "resourceRequirements[].sharingStrategy.nvidiaMps.memory": sharing,
  "firelensConfiguration.type": router({ type: "fluentd" }, {}),
  "firelensConfiguration.options{}": router({ options: { "enable-ecs-log-metadata": "false" } }, {}),
  "credentialSpecs[]": {
    effect: "nowhere",
    ...pair({ credentialSpecs: ["credentialspec:arn:aws:ssm:us-east-1:111122223333:parameter/spec"] }, {}),
  },
};

/** Every member of RegisterTaskDefinition's input, by its path in the model. */
export const cases: Readonly<Record<string, Effect>> = {
  ...Object.fromEntries(
    Object.entries(ofContainer).map(([path, effect]) => [`containerDefinitions[].${path}`, effect]),
  ),
  family: { effect: "record", reason: "is the definition's name, which the tests of RunTask show in the payload" },
  taskRoleArn: ofTask({ taskRoleArn: role }),
  executionRoleArn: ofTask({ executionRoleArn: role }),
  networkMode: ofTask({ networkMode: "host" }),
  "volumes[].name": {
    effect: "payload",
    together: "containerDefinitions[].mountPoints[].sourceVolume",
    given: {
      volumes: [{ name: "v" }],
      containerDefinitions: containers({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }),
    },
    without: {
      volumes: [{ name: "w" }],
      containerDefinitions: containers({ mountPoints: [{ sourceVolume: "w", containerPath: "/v" }] }),
    },
  },
  "volumes[].host.sourcePath": ofVolume({ host: { sourcePath: "/srv" } }),
  "volumes[].dockerVolumeConfiguration.scope": docker({}, { scope: "task" }),
  "volumes[].dockerVolumeConfiguration.autoprovision": docker({ autoprovision: true }),
  "volumes[].dockerVolumeConfiguration.driver": docker({ driver: "rexray/ebs" }),
  "volumes[].dockerVolumeConfiguration.driverOpts{}": docker({ driverOpts: { type: "tmpfs" } }),
  "volumes[].dockerVolumeConfiguration.labels{}": docker({ labels: { team: "blue" } }),
  "volumes[].efsVolumeConfiguration.fileSystemId": efs({ fileSystemId: "fs-2" }),
  "volumes[].efsVolumeConfiguration.rootDirectory": efs({ rootDirectory: "/data" }),
  "volumes[].efsVolumeConfiguration.transitEncryption": efs({ transitEncryption: "DISABLED" }),
  "volumes[].efsVolumeConfiguration.transitEncryptionPort": efs({ transitEncryptionPort: 2999 }),
  "volumes[].efsVolumeConfiguration.authorizationConfig.accessPointId": efs({
    authorizationConfig: { accessPointId: "fsap-1" },
  }),
  "volumes[].efsVolumeConfiguration.authorizationConfig.iam": efs({ authorizationConfig: { iam: "ENABLED" } }),
  "volumes[].s3filesVolumeConfiguration.fileSystemArn": s3files,
  "volumes[].s3filesVolumeConfiguration.rootDirectory": s3files,
  "volumes[].s3filesVolumeConfiguration.transitEncryptionPort": s3files,
  "volumes[].s3filesVolumeConfiguration.accessPointArn": s3files,
  "volumes[].fsxWindowsFileServerVolumeConfiguration.fileSystemId": fsx,
  "volumes[].fsxWindowsFileServerVolumeConfiguration.rootDirectory": fsx,
  "volumes[].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter": fsx,
  "volumes[].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.domain": fsx,
  "volumes[].configuredAtLaunch": nowhere(
    {
      volumes: [{ name: "v", configuredAtLaunch: true }],
      containerDefinitions: containers({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }),
    },
    {
      volumes: [{ name: "v" }],
      containerDefinitions: containers({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }),
    },
  ),
  "placementConstraints[].type": constant,
  "placementConstraints[].expression": placed({
    placementConstraints: [{ type: "memberOf", expression: "attribute:stack == prod" }],
  }),
  "requiresCompatibilities[]": {
    effect: "refused",
    given: { requiresCompatibilities: ["FARGATE"], containerDefinitions: containers({}) },
    message: /^Fargate only supports network mode/,
  },
  cpu: ofTask({ cpu: "256" }),
  memory: ofTask({ memory: "512" }),
  "tags[].key": { effect: "record", reason: "is of the definition, and decides who may use it" },
  "tags[].value": { effect: "record", reason: "is of the definition, and decides who may use it" },
  pidMode: ofTask({ pidMode: "host" }),
  ipcMode: ofTask({ ipcMode: "host" }),
  "proxyConfiguration.type": constant,
  "proxyConfiguration.containerName": proxy,
  "proxyConfiguration.properties[].name": proxy,
  "proxyConfiguration.properties[].value": proxy,
  "inferenceAccelerators[].deviceName": {
    effect: "refused",
    given: {
      inferenceAccelerators: [{ deviceName: "d", deviceType: "eia1.medium" }],
      containerDefinitions: containers({}),
    },
    message: /^Unsupported field 'inferenceAccelerators'/,
  },
  "inferenceAccelerators[].deviceType": {
    effect: "refused",
    given: {
      inferenceAccelerators: [{ deviceName: "d", deviceType: "eia1.medium" }],
      containerDefinitions: containers({}),
    },
    message: /^Unsupported field 'inferenceAccelerators'/,
  },
  "ephemeralStorage.sizeInGiB": placed({ ephemeralStorage: { sizeInGiB: 21 } }),
  "runtimePlatform.cpuArchitecture": placed({ runtimePlatform: { cpuArchitecture: "ARM64" } }),
  "runtimePlatform.operatingSystemFamily": placed({
    runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
  }),
  enableFaultInjection: nowhere({ enableFaultInjection: true }),
};
