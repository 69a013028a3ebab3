import type { RegisterTaskDefinitionRequest } from "@aws-sdk/client-ecs";

/** What stands in the place of a member: members of its own, a list of such, names of any kind, or a plain value or list of them. */
export type Shape = Members | readonly [Members] | "map" | true;

export interface Members {
  readonly [name: string]: Shape;
}

/** The shape of a type. A member that the SDK knows and this file does not, or the other way round, does not compile. */
type ShapeOf<T> = [NonNullable<T>] extends [readonly (infer Item)[]]
  ? Item extends object
    ? readonly [MembersOf<Item>]
    : true
  : [NonNullable<T>] extends [object]
    ? string extends keyof NonNullable<T>
      ? "map"
      : // One of several kinds: the API itself refuses a kind that it does not know.
        "$unknown" extends keyof NonNullable<T>
        ? true
        : MembersOf<NonNullable<T>>
    : true;

type MembersOf<T> = { readonly [Name in keyof Required<T>]: ShapeOf<T[Name]> };

/** All that RegisterTaskDefinition takes. */
export const definitionShape = {
  family: true,
  containerDefinitions: [
    {
      name: true,
      image: true,
      repositoryCredentials: { credentialsParameter: true },
      cpu: true,
      memory: true,
      memoryReservation: true,
      links: true,
      portMappings: [
        {
          containerPort: true,
          hostPort: true,
          protocol: true,
          name: true,
          appProtocol: true,
          containerPortRange: true,
        },
      ],
      essential: true,
      restartPolicy: { enabled: true, ignoredExitCodes: true, restartAttemptPeriod: true },
      entryPoint: true,
      command: true,
      environment: [{ name: true, value: true }],
      environmentFiles: [{ value: true, type: true }],
      mountPoints: [{ sourceVolume: true, containerPath: true, readOnly: true }],
      volumesFrom: [{ sourceContainer: true, readOnly: true }],
      linuxParameters: {
        capabilities: { add: true, drop: true },
        devices: [{ hostPath: true, containerPath: true, permissions: true }],
        initProcessEnabled: true,
        sharedMemorySize: true,
        tmpfs: [{ containerPath: true, size: true, mountOptions: true }],
        maxSwap: true,
        swappiness: true,
      },
      secrets: [{ name: true, valueFrom: true }],
      dependsOn: [{ containerName: true, condition: true }],
      startTimeout: true,
      stopTimeout: true,
      versionConsistency: true,
      hostname: true,
      user: true,
      workingDirectory: true,
      disableNetworking: true,
      privileged: true,
      readonlyRootFilesystem: true,
      dnsServers: true,
      dnsSearchDomains: true,
      extraHosts: [{ hostname: true, ipAddress: true }],
      dockerSecurityOptions: true,
      interactive: true,
      pseudoTerminal: true,
      dockerLabels: "map",
      ulimits: [{ name: true, softLimit: true, hardLimit: true }],
      logConfiguration: { logDriver: true, options: "map", secretOptions: [{ name: true, valueFrom: true }] },
      healthCheck: { command: true, interval: true, timeout: true, retries: true, startPeriod: true },
      systemControls: [{ namespace: true, value: true }],
      resourceRequirements: [{ type: true, value: true, sharingStrategy: true }],
      firelensConfiguration: { type: true, options: "map" },
      credentialSpecs: true,
    },
  ],
  taskRoleArn: true,
  executionRoleArn: true,
  networkMode: true,
  volumes: [
    {
      name: true,
      host: { sourcePath: true },
      dockerVolumeConfiguration: { scope: true, autoprovision: true, driver: true, driverOpts: "map", labels: "map" },
      efsVolumeConfiguration: {
        fileSystemId: true,
        rootDirectory: true,
        transitEncryption: true,
        transitEncryptionPort: true,
        authorizationConfig: { accessPointId: true, iam: true },
      },
      s3filesVolumeConfiguration: {
        fileSystemArn: true,
        rootDirectory: true,
        transitEncryptionPort: true,
        accessPointArn: true,
      },
      fsxWindowsFileServerVolumeConfiguration: {
        fileSystemId: true,
        rootDirectory: true,
        authorizationConfig: { credentialsParameter: true, domain: true },
      },
      configuredAtLaunch: true,
    },
  ],
  placementConstraints: [{ type: true, expression: true }],
  requiresCompatibilities: true,
  cpu: true,
  memory: true,
  tags: [{ key: true, value: true }],
  pidMode: true,
  ipcMode: true,
  proxyConfiguration: { containerName: true, type: true, properties: [{ name: true, value: true }] },
  inferenceAccelerators: [{ deviceName: true, deviceType: true }],
  ephemeralStorage: { sizeInGiB: true },
  runtimePlatform: { cpuArchitecture: true, operatingSystemFamily: true },
  enableFaultInjection: true,
} satisfies MembersOf<RegisterTaskDefinitionRequest>;
