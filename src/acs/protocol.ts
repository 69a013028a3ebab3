/**
 * The messages of the Agent Communication Service (ACS), in the shapes of the API model that AWS publishes with its
 * container agent. On the WebSocket each is `{"type": "<name>", "message": {…}}`.
 */
export interface AcsMessages {
  // From the control plane.
  PayloadMessage: PayloadMessage;
  HeartbeatMessage: { readonly messageId: string; readonly healthy: boolean };
  IAMRoleCredentialsMessage: RoleCredentialsMessage;
  TaskManifestMessage: TaskManifestMessage;
  TaskStopVerificationAck: {
    /** The manifest's, or AWS's agent does not heed it. */
    readonly messageId: string;
    readonly generatedAt?: number;
    readonly stopTasks: readonly TaskIdentifier[];
  };
  ExecuteCommandMessage: ExecuteCommandMessage;
  EndSessionMessage: EndSessionMessage;
  ReadLogsMessage: ReadLogsMessage;
  RenewSecretsMessage: RenewSecretsMessage;
  // From the agent.
  AckRequest: { readonly cluster: string; readonly containerInstance: string; readonly messageId: string };
  HeartbeatAckRequest: { readonly messageId: string };
  IAMRoleCredentialsAckRequest: {
    readonly messageId: string;
    readonly expiration: string;
    readonly credentialsId: string;
  };
  /** Sealift's own. */
  RenewSecretsFailure: { readonly messageId: string; readonly taskArn: string; readonly reason: string };
  TaskStopVerificationMessage: { readonly messageId: string; readonly stopCandidates: readonly TaskIdentifier[] };
}

export type AcsMessageType = keyof AcsMessages;

export type AcsMessage = {
  [Type in AcsMessageType]: { readonly type: Type; readonly message: AcsMessages[Type] };
}[AcsMessageType];

/** Tasks and the state that each is wanted in. */
export interface PayloadMessage {
  readonly messageId: string;
  readonly clusterArn: string;
  readonly containerInstanceArn: string;
  /** Milliseconds since 1970. */
  readonly generatedAt: number;
  readonly tasks: readonly PayloadTask[];
}

/**
 * Sealift's own, sent to agents with the attribute `sealift.execute-command` only: a client waits for a program. It is sent again
 * until the agent has opened its end of the session's data channel.
 */
export interface ExecuteCommandMessage {
  readonly messageId: string;
  readonly sessionId: string;
  readonly taskArn: string;
  readonly containerName: string;
  /** A command line, as the request has it. */
  readonly command: string;
  /** The session is encrypted with it. */
  readonly kmsKeyId?: string;
  /** Where what the program prints is kept. */
  readonly record?: { readonly logGroupName: string; readonly mustBeEncrypted: boolean };
  /** The client is back after its connection, or the agent's, was lost. The program runs already, or the session is over. */
  readonly resumes?: true;
}

/** Sealift's own: the session was ended, and the agent may not have a connection that tells it. Sent once. */
export interface EndSessionMessage {
  readonly messageId: string;
  readonly sessionId: string;
}

/**
 * Sealift's own, sent to agents with the attribute `sealift.secret-versions` only: secrets of the task have newer versions, and its
 * containers get them while they run. It is sent again until the task holds them.
 */
export interface RenewSecretsMessage {
  readonly messageId: string;
  readonly taskArn: string;
  readonly executionRoleCredentials: RoleCredentials;
}

/**
 * Sealift's own, sent to agents with the attribute `sealift.logs` only: a client waits for a container's output. It is sent again
 * as `ExecuteCommandMessage` is, and the output comes over the same kind of channel: as what the runtime has of it, line by line,
 * each a JSON document with its `time` (RFC 3339), `source` (`stdout` or `stderr`) and `message`, and `partial` where it goes on.
 */
export interface ReadLogsMessage extends LogsWanted {
  readonly messageId: string;
  readonly sessionId: string;
  readonly taskArn: string;
  readonly containerName: string;
}

export interface LogsWanted {
  /** What comes until the container ends, too. */
  readonly follow: boolean;
  /** Only lines from this time on; RFC 3339. */
  readonly since?: string;
  /** With the secret values of the task masked. */
  readonly masking: boolean;
}

/** Every task that should be on the instance, sent when it connects; the agent stops what it runs besides. */
export interface TaskManifestMessage {
  readonly messageId: string;
  readonly clusterArn: string;
  readonly containerInstanceArn: string;
  readonly generatedAt: number;
  readonly tasks: readonly Required<TaskIdentifier>[];
  /** Grows with each manifest. */
  readonly timeline: number;
}

export interface TaskIdentifier {
  readonly taskArn: string;
  readonly taskClusterArn?: string;
  readonly desiredStatus?: string;
}

export interface RoleCredentialsMessage {
  readonly messageId: string;
  readonly taskArn: string;
  readonly roleType: "TaskApplication" | "TaskExecution";
  readonly roleCredentials: RoleCredentials;
}

export interface RoleCredentials {
  readonly credentialsId: string;
  readonly roleArn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** RFC 3339. */
  readonly expiration: string;
}

export interface PayloadTask {
  readonly arn: string;
  readonly family: string;
  readonly version: string;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly launchType?: "EC2" | "FARGATE" | "EXTERNAL";
  readonly networkMode?: "awsvpc" | "bridge" | "host" | "none";
  readonly serviceName?: string;
  /** vCPUs. */
  readonly cpu?: number;
  /** MiB. */
  readonly memory?: number;
  readonly containers: readonly PayloadContainer[];
  readonly volumes?: readonly PayloadVolume[];
  readonly pidMode?: "host" | "task";
  readonly ipcMode?: "host" | "task" | "none";
  readonly roleCredentials?: RoleCredentials;
  readonly executionRoleCredentials?: RoleCredentials;
  /** Things that containers of the task have to themselves: one for each GPU, named by its id. */
  readonly associations?: readonly Association[];
  /** One, for awsvpc tasks. */
  readonly elasticNetworkInterfaces?: readonly ElasticNetworkInterface[];
}

export interface Association {
  readonly containers: readonly string[];
  readonly content: { readonly encoding: string; readonly value: string };
  readonly name: string;
  readonly type: string;
}

export interface ElasticNetworkInterface {
  readonly attachmentArn: string;
  readonly ec2Id: string;
  readonly macAddress: string;
  readonly ipv4Addresses: readonly { readonly primary: boolean; readonly privateAddress: string }[];
  readonly subnetGatewayIpv4Address: string;
  readonly privateDnsName: string;
  /** Sealift's own: the ports of the task are reached on the machine, too. */
  readonly assignPublicIp?: "ENABLED";
}

export interface PayloadContainer {
  readonly name: string;
  readonly containerArn?: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly entryPoint?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly essential: boolean;
  /** CPU units. */
  readonly cpu: number;
  /** MiB; 0 for no limit. */
  readonly memory: number;
  readonly portMappings: readonly PayloadPortMapping[];
  readonly secrets: readonly PayloadSecret[];
  /**
   * Sealift's own: references that stand in place of an entry of the docker label `sealift.secrets.from`, each with the version
   * to read.
   */
  readonly secretPins?: Readonly<Record<string, readonly string[]>>;
  /** Members of the Engine API's `Config` and `HostConfig`, each as a JSON document. */
  readonly dockerConfig: { readonly config: string; readonly hostConfig: string; readonly version: string };
  readonly dependsOn?: readonly { readonly containerName: string; readonly condition: string }[];
  /** Seconds. */
  readonly startTimeout?: number;
  readonly stopTimeout?: number;
  readonly logsAuthStrategy?: "ExecutionRole";
  readonly registryAuthentication?: RegistryAuthentication;
  readonly healthCheckType?: "docker";
  /** Only where it is enabled; the period is in seconds. */
  readonly restartPolicy?: {
    readonly enabled: boolean;
    readonly ignoredExitCodes: readonly number[];
    readonly restartAttemptPeriod: number;
  };
  /** ARNs of S3 objects. */
  readonly environmentFiles?: readonly { readonly value: string; readonly type: string }[];
  readonly mountPoints?: readonly PayloadMountPoint[];
  readonly volumesFrom?: readonly { readonly sourceContainer: string; readonly readOnly: boolean }[];
  readonly links?: readonly string[];
  readonly managedAgents?: readonly { readonly name: "ExecuteCommandAgent" }[];
  readonly firelensConfiguration?: { readonly type: string; readonly options: Readonly<Record<string, string>> };
}

/** A volume that containers mount by its name. `host` without a path is one of the task's own. */
export interface PayloadVolume {
  readonly name: string;
  readonly type: "host" | "docker" | "efs" | "fsxWindowsFileServer" | "s3files" | "ebs";
  readonly host?: { readonly sourcePath?: string };
  readonly dockerVolumeConfiguration?: PayloadDockerVolume;
  readonly efsVolumeConfiguration?: PayloadFileSystem;
}

export interface PayloadDockerVolume {
  readonly scope: "task" | "shared";
  readonly autoprovision: boolean;
  readonly driver: string;
  readonly driverOpts: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface PayloadFileSystem {
  readonly fileSystemId: string;
  readonly rootDirectory: string;
  readonly transitEncryption?: "ENABLED" | "DISABLED";
  readonly transitEncryptionPort?: number;
  readonly authorizationConfig?: { readonly accessPointId?: string; readonly iam?: "ENABLED" | "DISABLED" };
}

export interface PayloadMountPoint {
  readonly sourceVolume: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

/** Where the credentials of an image's registry come from: with `asm`, a secret of Secrets Manager; with `ecr`, a token of Amazon ECR. */
export interface RegistryAuthentication {
  readonly type: "asm" | "ecr";
  readonly asmAuthData?: {
    /** Name or ARN. */
    readonly credentialsParameter: string;
    readonly region: string;
  };
  readonly ecrAuthData?: {
    readonly region: string;
    /** The registry's account. */
    readonly registryId: string;
    /** The token is got as the task's execution role, else as the container instance. */
    readonly useExecutionRole: boolean;
    /** Where Amazon ECR's API answers. */
    readonly endpointOverride?: string;
  };
}

export interface PayloadPortMapping {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: "tcp" | "udp";
  /** `first-last`, in place of the ports. */
  readonly containerPortRange?: string;
}

/** A container's `secrets` and its log configuration's `secretOptions`, in one list. */
export interface PayloadSecret {
  readonly name: string;
  readonly valueFrom: string;
  readonly provider: "ssm" | "asm";
  readonly region: string;
  readonly type: "ENVIRONMENT_VARIABLE" | "BOOTSTRAP" | "MOUNT_POINT";
  readonly target: "CONTAINER" | "LOG_DRIVER";
  readonly containerPath?: string;
}
