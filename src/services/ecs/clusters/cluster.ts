import type { Cluster as ApiCluster } from "@aws-sdk/client-ecs";
import { clusterArn, type Scope } from "../arns.ts";

/** A cluster as it is stored. Members that are only shown have the API's own types. */
export interface Cluster
  extends Pick<
    ApiCluster,
    "settings" | "configuration" | "capacityProviders" | "defaultCapacityProviderStrategy" | "serviceConnectDefaults"
  > {
  readonly arn: string;
  readonly name: string;
  readonly status: "ACTIVE" | "INACTIVE";
}

/** A new cluster with the account's settings, or AWS's. */
export function newCluster(scope: Scope, name: string, containerInsights = "disabled"): Cluster {
  const settings = [{ name: "containerInsights" as const, value: containerInsights }];
  return { arn: clusterArn(scope, name), name, status: "ACTIVE", settings };
}
