import type {
  Cluster as ApiCluster,
  Service as ApiService,
  TaskDefinition as ApiTaskDefinition,
  Attribute,
  ContainerDefinition,
  DeploymentConfiguration,
  NetworkBinding,
  NetworkConfiguration,
  Resource,
  TaskOverride,
  VersionInfo,
} from "@aws-sdk/client-ecs";

/*
 * What ECS keeps. Times are milliseconds since 1970, so that records survive JSON. Members that are only stored and shown
 * have the API's own types.
 */

export interface Cluster
  extends Pick<
    ApiCluster,
    "settings" | "configuration" | "capacityProviders" | "defaultCapacityProviderStrategy" | "serviceConnectDefaults"
  > {
  readonly arn: string;
  readonly name: string;
  readonly status: "ACTIVE" | "INACTIVE";
}

export type LaunchType = "EC2" | "FARGATE" | "EXTERNAL";

/** A container's definition once defaults are filled in. */
export interface Container extends ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly cpu: number;
  readonly essential: boolean;
}

export interface TaskDefinition
  extends Omit<
    ApiTaskDefinition,
    "taskDefinitionArn" | "containerDefinitions" | "registeredAt" | "deregisteredAt" | "deleteRequestedAt"
  > {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly containerDefinitions: readonly Container[];
  readonly registeredAt: number;
  readonly deregisteredAt?: number;
}

export interface Instance {
  readonly arn: string;
  readonly clusterArn: string;
  readonly status: "ACTIVE" | "DRAINING" | "INACTIVE";
  readonly version: number;
  readonly versionInfo?: VersionInfo;
  readonly resources: readonly Resource[];
  readonly attributes: readonly Attribute[];
  readonly registeredAt: number;
  readonly ec2InstanceId?: string;
  /** The principal that registered it: see `registrant.ts`. */
  readonly registrant: string;
  /** The session with its agent; `undefined` while the agent is disconnected. */
  readonly sessionId: string | undefined;
}

export type TaskStatus =
  | "PROVISIONING"
  | "PENDING"
  | "ACTIVATING"
  | "RUNNING"
  | "DEACTIVATING"
  | "STOPPING"
  | "DEPROVISIONING"
  | "STOPPED";

export type StopCode =
  | "TaskFailedToStart"
  | "EssentialContainerExited"
  | "UserInitiated"
  | "ServiceSchedulerInitiated"
  | "TerminationNotice";

export interface TaskContainer {
  readonly arn: string;
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  readonly cpu: number;
  readonly memory?: number;
  readonly memoryReservation?: number;
  readonly runtimeId?: string;
  readonly imageDigest?: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly networkBindings?: readonly NetworkBinding[];
}

/** The address of an awsvpc task. */
export interface TaskInterface {
  readonly attachmentArn: string;
  readonly id: string;
  readonly subnetId: string;
  readonly macAddress: string;
  readonly address: string;
  readonly gateway: string;
  readonly privateDnsName: string;
  readonly status: "PRECREATED" | "ATTACHING" | "ATTACHED" | "DELETED";
}

/** What a task takes of its instance until it has stopped. */
export interface Reservation {
  /** CPU units. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
}

export interface Task {
  readonly arn: string;
  readonly clusterArn: string;
  readonly definitionArn: string;
  readonly family: string;
  readonly revision: number;
  readonly instanceArn?: string;
  readonly serviceArn?: string;
  readonly launchType: LaunchType;
  readonly group: string;
  readonly startedBy?: string;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly lastStatus: TaskStatus;
  readonly version: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly overrides: TaskOverride;
  readonly containers: readonly TaskContainer[];
  readonly networkInterface?: TaskInterface;
  readonly reservation: Reservation;
  /** Under which the agent keeps the roles' credentials. */
  readonly credentialIds: { readonly task: string; readonly execution: string };
  readonly enableExecuteCommand: boolean;
  readonly clientToken?: string;
  /** Of the request that `clientToken` came with. */
  readonly requestHash?: string;
  readonly connectivityAt?: number;
  readonly createdAt: number;
  readonly pullStartedAt?: number;
  readonly pullStoppedAt?: number;
  readonly startedAt?: number;
  readonly stoppingAt?: number;
  readonly executionStoppedAt?: number;
  readonly stoppedAt?: number;
  readonly stopCode?: StopCode;
  readonly stoppedReason?: string;
}

/** What placing other tasks needs to know of one that has not stopped. */
export interface PlacedTask extends Pick<Task, "instanceArn" | "group" | "reservation" | "lastStatus"> {
  /** Of an awsvpc task. */
  readonly address?: string;
}

export interface Deployment {
  /** `ecs-svc/` and 19 digits. */
  readonly id: string;
  readonly status: "PRIMARY" | "ACTIVE";
  readonly definitionArn: string;
  readonly launchType: LaunchType;
  readonly networkConfiguration?: NetworkConfiguration;
  readonly rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly rolloutStateReason: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** That the circuit breaker rolls back to. */
  readonly rollback?: boolean;
}

export interface ServiceEvent {
  readonly id: string;
  readonly createdAt: number;
  readonly message: string;
}

export interface ServiceRecord
  extends Pick<
    ApiService,
    | "loadBalancers"
    | "serviceRegistries"
    | "capacityProviderStrategy"
    | "platformVersion"
    | "placementConstraints"
    | "placementStrategy"
    | "healthCheckGracePeriodSeconds"
    | "deploymentController"
    | "enableECSManagedTags"
    | "propagateTags"
    | "enableExecuteCommand"
    | "availabilityZoneRebalancing"
    | "roleArn"
  > {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly status: "ACTIVE" | "DRAINING" | "INACTIVE";
  readonly desiredCount: number;
  readonly launchType: LaunchType;
  readonly schedulingStrategy: "REPLICA" | "DAEMON";
  readonly deploymentConfiguration: DeploymentConfiguration & {
    readonly maximumPercent: number;
    readonly minimumHealthyPercent: number;
  };
  /** The primary one first. */
  readonly deployments: readonly Deployment[];
  /** Of the last deployment that completed. */
  readonly lastCompleted?: Pick<Deployment, "id" | "definitionArn" | "launchType" | "networkConfiguration">;
  /** Newest first. */
  readonly events: readonly ServiceEvent[];
  readonly steady: boolean;
  readonly clientToken?: string;
  readonly createdAt: number;
  readonly createdBy: string;
}
