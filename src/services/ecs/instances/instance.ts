import type {
  Attribute,
  InstanceHealthCheckState,
  InstanceHealthCheckType,
  Resource,
  VersionInfo,
} from "@aws-sdk/client-ecs";
import type { Reserved } from "../placement/reserved.ts";

/** A container instance as it is stored. Times are milliseconds since 1970. */
export interface Instance {
  readonly arn: string;
  readonly clusterArn: string;
  readonly status: "ACTIVE" | "DRAINING" | "INACTIVE";
  /** Grows with every change. */
  readonly version: number;
  readonly versionInfo?: VersionInfo;
  readonly resources: readonly Resource[];
  readonly attributes: readonly Attribute[];
  readonly registeredAt: number;
  readonly ec2InstanceId?: string;
  /** What its agent last told of the machine. */
  readonly health?: readonly InstanceHealth[];
  /** The principal that registered it: see `registrant.ts`. */
  readonly registrant: string;
  /** The session with its agent; `undefined` while the agent is disconnected. */
  readonly sessionId: string | undefined;
  /** Changes with its tasks. */
  readonly reserved: Reserved;
}

/** The result of an agent's check of its machine. Times are milliseconds since 1970. */
export interface InstanceHealth {
  readonly type: InstanceHealthCheckType;
  readonly status: InstanceHealthCheckState;
  readonly lastUpdated?: number;
  readonly lastStatusChange?: number;
}
