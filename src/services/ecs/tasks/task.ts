import type { HealthStatus, NetworkBinding, TaskOverride } from "@aws-sdk/client-ecs";
import type { HeldSecret } from "../../../acs/held-secrets.ts";
import type { Reservation } from "../placement/reservation.ts";
import type { Pins } from "../secrets/pins.ts";
import type { LaunchType } from "./launch-type.ts";
import type { Notices } from "./notices.ts";

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
  /** Where the container's definition has a health check. */
  readonly health?: ContainerHealth;
  /** What the agent tells of its ability to run commands in the container, where the task was run with it enabled. */
  readonly executeCommandAgent?: ExecuteCommandAgent;
}

export interface ContainerHealth {
  readonly status: HealthStatus;
  /** Since when, in milliseconds since 1970; absent until the agent has told of it. */
  readonly since?: number;
}

export interface ExecuteCommandAgent {
  readonly lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  readonly lastStartedAt?: number;
  readonly reason?: string;
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
  /** `assignPublicIp` was enabled. */
  readonly hasPublicIp?: true;
  readonly status: "PRECREATED" | "ATTACHING" | "ATTACHED" | "DELETED";
}

export interface HeldSecrets {
  /** Who told: the task's agent, or the audit trail, which has what the execution role's session read. */
  readonly from: "agent" | "audit-trail";
  readonly secrets: readonly HeldSecret[];
  /** Why it could not get newer versions while it runs, since it holds these. */
  readonly failure?: string;
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
  readonly capacityProviderName?: string;
  /** Of a FARGATE task: the one that `LATEST` was when it started. */
  readonly platformVersion?: string;
  readonly group: string;
  readonly startedBy?: string;
  readonly referenceId?: string;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly lastStatus: TaskStatus;
  readonly version: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly overrides: TaskOverride;
  /** GiB of the definition. */
  readonly ephemeralStorage?: number;
  readonly containers: readonly TaskContainer[];
  readonly networkInterface?: TaskInterface;
  readonly reservation: Reservation;
  /** Ids of the GPUs of each container that has some. */
  readonly gpus?: Readonly<Record<string, readonly string[]>>;
  /** MiB; of a task that asks for more memory than its machine has. */
  readonly memoryLimit?: number;
  readonly notices?: Notices;
  /** The account setting `defaultLogDriverMode` when it was started. */
  readonly logDriverMode?: string;
  /** The versions of secrets that it starts with, if not the newest. */
  readonly pins?: Pins;
  /** Under which the agent keeps the roles' credentials. */
  readonly credentialIds: { readonly task: string; readonly execution: string };
  readonly enableExecuteCommand: boolean;
  /** The service scheduler does not stop the task until then, in milliseconds since 1970. */
  readonly protectedUntil?: number;
  readonly clientToken?: string;
  /** The hash of the request that brought `clientToken`. */
  readonly requestHash?: string;
  /** The versions of secrets that its containers got, once somebody told. */
  readonly held?: HeldSecrets;
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
