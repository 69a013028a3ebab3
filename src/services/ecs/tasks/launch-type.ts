import type { CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import type { Cluster } from "../clusters/cluster.ts";
import { invalidParameter } from "../errors.ts";

export type LaunchType = "EC2" | "FARGATE" | "EXTERNAL";

/** Where a request's tasks run: as the request says, else as the cluster's capacity providers say, else on EC2. */
export function launchTypeOf(
  input: {
    readonly launchType?: string | undefined;
    readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  },
  cluster: Cluster,
): LaunchType {
  const strategy = input.capacityProviderStrategy ?? cluster.defaultCapacityProviderStrategy ?? [];
  if (input.launchType !== undefined && input.capacityProviderStrategy?.length) {
    throw invalidParameter(
      "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    );
  }
  const fargate = strategy.some(
    ({ capacityProvider }) => capacityProvider === "FARGATE" || capacityProvider === "FARGATE_SPOT",
  );
  const launchType = input.launchType ?? (fargate ? "FARGATE" : "EC2");
  if (launchType === "EC2" || launchType === "FARGATE" || launchType === "EXTERNAL") return launchType;
  throw invalidParameter(`Launch type ${launchType} is not supported.`);
}
