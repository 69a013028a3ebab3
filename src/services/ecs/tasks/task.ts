import type { NetworkBinding, TaskOverride } from "@aws-sdk/client-ecs";
import type { Reservation } from "../placement/reservation.ts";
import type { LaunchType } from "./launch-type.ts";

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
  /** What its health check says, where it has one. */
  readonly health?: ContainerHealth;
}

export interface ContainerHealth {
  readonly status: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
  /** Milliseconds since 1970. */
  readonly since: number;
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
  /** The hash of the request that brought `clientToken`. */
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
