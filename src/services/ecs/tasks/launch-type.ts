import type { CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import { isFargateProvider } from "../capacity-providers/capacity-provider.ts";
import { checkWeights, readStrategy, type Strategy } from "../capacity-providers/strategy.ts";
import type { Cluster } from "../clusters/cluster.ts";
import { invalidParameter } from "../errors.ts";

export type LaunchType = "EC2" | "FARGATE" | "EXTERNAL";

/** Where tasks run. */
export interface Capacity {
  readonly launchType: LaunchType;
  /** Empty where a launch type alone decides. */
  readonly strategy: Strategy;
}

/**
 * Where a request's tasks run: as the request says, else as the cluster's default strategy says, else on EC2. Throws AWS's
 * refusal of capacity that the cluster does not have.
 */
export function capacityOf(
  input: {
    readonly launchType?: string | undefined;
    readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  },
  cluster: Pick<Cluster, "capacityProviders" | "defaultCapacityProviderStrategy">,
): Capacity {
  const { launchType, capacityProviderStrategy: given = [] } = input;
  if (launchType !== undefined && given.length > 0) {
    throw invalidParameter(
      "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    );
  }
  if (given.length > 0) return byStrategy(given, cluster, false);
  if (launchType !== undefined) return { launchType: readLaunchType(launchType), strategy: [] };
  const { defaultCapacityProviderStrategy: usual = [] } = cluster;
  return usual.length > 0 ? byStrategy(usual, cluster, true) : { launchType: "EC2", strategy: [] };
}

function byStrategy(
  given: readonly CapacityProviderStrategyItem[],
  { capacityProviders }: Pick<Cluster, "capacityProviders">,
  isDefault: boolean,
): Capacity {
  const strategy = readStrategy(given, capacityProviders);
  checkWeights(strategy, isDefault);
  return { launchType: launchTypeOfStrategy(strategy), strategy };
}

/** A strategy's providers are all of one kind. */
function launchTypeOfStrategy([first]: Strategy): LaunchType {
  return first && isFargateProvider(first.capacityProvider) ? "FARGATE" : "EC2";
}

function readLaunchType(launchType: string): LaunchType {
  if (launchType === "EC2" || launchType === "FARGATE" || launchType === "EXTERNAL") return launchType;
  throw invalidParameter(`Launch type ${launchType} is not supported.`);
}
