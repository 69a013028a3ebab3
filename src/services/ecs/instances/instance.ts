import type { Attribute, Resource, VersionInfo } from "@aws-sdk/client-ecs";
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
  /** The principal that registered it: see `registrant.ts`. */
  readonly registrant: string;
  /** The session with its agent; `undefined` while the agent is disconnected. */
  readonly sessionId: string | undefined;
  /** Changes with its tasks. */
  readonly reserved: Reserved;
}
