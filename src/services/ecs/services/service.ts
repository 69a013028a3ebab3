import type {
  Service as ApiService,
  DeploymentConfiguration,
  NetworkConfiguration,
  ServiceDeploymentLifecycleStage,
  ServiceDeploymentStatus,
} from "@aws-sdk/client-ecs";
import type { Strategy } from "../capacity-providers/strategy.ts";
import type { Pins } from "../secrets/pins.ts";
import type { LaunchType } from "../tasks/launch-type.ts";

export interface Deployment {
  /** `ecs-svc/` and 19 digits. */
  readonly id: string;
  readonly status: "PRIMARY" | "ACTIVE";
  readonly definitionArn: string;
  readonly launchType: LaunchType;
  /** Absent where a launch type alone decides. */
  readonly capacityProviderStrategy?: Strategy;
  /** Of FARGATE tasks: as the request gave it. */
  readonly platformVersion?: string;
  readonly networkConfiguration?: NetworkConfiguration;
  readonly rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly rolloutStateReason: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The versions of secrets with which its tasks start, where the service wants that. */
  readonly pins?: Pins;
  /** The circuit breaker made it, to go back to what last completed. */
  readonly rollback?: true;
  /** Of a blue/green deployment, once it has come further than its first. */
  readonly stage?: Stage;
}

/** Of AWS's stages, those in which something happens here: there is no traffic to shift, and no hook. */
export interface Stage {
  readonly name: Extract<ServiceDeploymentLifecycleStage, "SCALE_UP" | "BAKE_TIME" | "CLEAN_UP">;
  /** Milliseconds since 1970. */
  readonly since: number;
}

interface ServiceEvent {
  readonly id: string;
  readonly createdAt: number;
  readonly message: string;
}

/** A service as it is stored. Times are milliseconds since 1970. */
export interface ServiceRecord
  extends Pick<
    ApiService,
    | "loadBalancers"
    | "serviceRegistries"
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
  readonly capacityProviderStrategy?: Strategy;
  readonly schedulingStrategy: "REPLICA" | "DAEMON";
  readonly deploymentConfiguration: DeploymentConfiguration & {
    readonly maximumPercent: number;
    readonly minimumHealthyPercent: number;
  };
  /** The primary one first. */
  readonly deployments: readonly [Deployment, ...Deployment[]];
  /** The last deployment that completed. */
  readonly lastCompleted?: Pick<
    Deployment,
    | "id"
    | "definitionArn"
    | "launchType"
    | "capacityProviderStrategy"
    | "platformVersion"
    | "networkConfiguration"
    | "pins"
  >;
  /** The last deployment that new versions of secrets brought about: `ARN version` each. */
  readonly redeployed?: { readonly deploymentId: string; readonly versions: readonly string[] };
  readonly history?: History;
  /** Newest first. */
  readonly events: readonly ServiceEvent[];
  readonly steady: boolean;
  readonly clientToken?: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** What a deployment brought: AWS's service revision. Its id is the number of the deployment. */
export interface Revision
  extends Pick<
      Deployment,
      "definitionArn" | "launchType" | "capacityProviderStrategy" | "platformVersion" | "networkConfiguration"
    >,
    Pick<ServiceRecord, "loadBalancers" | "serviceRegistries"> {
  /** The deployment's id. */
  readonly id: string;
  readonly createdAt: number;
}

/** One deployment of a service from its beginning to its end, which may be back where it began. */
export interface ServiceDeploymentRecord {
  /** The deployment's id; that of the target's revision, too. */
  readonly id: string;
  /** Of the revisions that had tasks when it began. */
  readonly sources: readonly string[];
  readonly status: ServiceDeploymentStatus;
  readonly statusReason?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly finishedAt?: number;
  /** Made by the circuit breaker: the deployment that goes back. */
  readonly rollback?: { readonly id: string; readonly reason: string; readonly startedAt: number };
}

export interface History {
  /** Newest first. */
  readonly deployments: readonly ServiceDeploymentRecord[];
  readonly revisions: readonly Revision[];
}
