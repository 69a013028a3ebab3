import type { CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../errors.ts";
import type { Cluster, LaunchType } from "../model.ts";

/** Where a request's tasks run: what it says, else the cluster's capacity providers, else EC2. */
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
