import type { CreateServiceCommandInput, DeploymentCircuitBreaker, DeploymentConfiguration } from "@aws-sdk/client-ecs";
import type { Strategy } from "../capacity-providers/strategy.ts";
import { invalidParameter } from "../errors.ts";
import type { ServiceRecord } from "./service.ts";
import { unsupported } from "./unsupported.ts";

type Configuration = ServiceRecord["deploymentConfiguration"];

/** A new service's, as far as its request does not say otherwise. */
export const usualConfiguration: Configuration = {
  deploymentCircuitBreaker: { enable: false, rollback: false },
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  strategy: "ROLLING",
  bakeTimeInMinutes: 0,
};

/** A new daemon service's. */
export const usualDaemonConfiguration: Configuration = {
  ...usualConfiguration,
  maximumPercent: 100,
  minimumHealthyPercent: 0,
};

/**
 * Throws AWS's refusal of what a daemon service cannot be told: the scheduler itself knows how many tasks there are, and where.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-create-daemon.html
 */
export function checkDaemon(
  input: Pick<CreateServiceCommandInput, "desiredCount" | "placementStrategy" | "deploymentConfiguration">,
): void {
  const refusal = "The daemon scheduling strategy does not support";
  if (input.desiredCount !== undefined) {
    throw invalidParameter(`${refusal} a desired count for services. Remove the desired count value and try again`);
  }
  if (input.placementStrategy?.length) {
    throw invalidParameter(`${refusal} placement strategies. Remove the placement strategy and try again`);
  }
  if ((input.deploymentConfiguration?.maximumPercent ?? 100) > 100) {
    throw invalidParameter(
      `${refusal} values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again`,
    );
  }
  const { strategy = "ROLLING" } = input.deploymentConfiguration ?? {};
  if (strategy !== "ROLLING") {
    throw invalidParameter(
      `${refusal} the deployment strategy ${strategy}. Change the strategy to ROLLING, and try again`,
    );
  }
}

/** Throws AWS's refusal of capacity on which there are no daemons. */
export function checkDaemonCapacity(launchType: ServiceRecord["launchType"], strategy: Strategy): void {
  if (strategy.length > 0) {
    throw invalidParameter(
      "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
    );
  }
  if (launchType === "FARGATE") {
    throw invalidParameter("The launch type FARGATE does not support the DAEMON scheduling strategy.");
  }
}

/** `current` with the changes that a request gives. Throws AWS's refusal of percentages that no deployment could keep to. */
export function readConfiguration(given: DeploymentConfiguration | undefined, current: Configuration): Configuration {
  refuseUnsupported(given);
  const { strategy = current.strategy } = given ?? {};
  const next: Configuration = {
    ...current,
    // A rolling deployment has none that it could keep from before.
    ...(strategy === "ROLLING" && { bakeTimeInMinutes: 0 }),
    ...given,
    maximumPercent: given?.maximumPercent ?? current.maximumPercent,
    minimumHealthyPercent: given?.minimumHealthyPercent ?? current.minimumHealthyPercent,
  };
  const { minimumHealthyPercent: minimum, maximumPercent: maximum } = next;
  if (minimum < 0) throw invalidParameter("minimumHealthyPercent must be at least 0.");
  if (minimum > 100) throw invalidParameter("minimumHealthyPercent must be at most 100.");
  if (maximum < 100) throw invalidParameter("maximumPercent must be at least 100.");
  if (minimum === 100 && maximum === 100) {
    throw invalidParameter(
      "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    );
  }
  checkBreaker(next.deploymentCircuitBreaker);
  checkStrategy(next);
  return next;
}

/** Refuses by name what shifts traffic, and what needs services that are not here. */
function refuseUnsupported(given: DeploymentConfiguration = {}): void {
  const { alarms } = given;
  if (alarms?.enable) throw unsupported("deploymentConfiguration.alarms");
  if (given.lifecycleHooks?.length) throw unsupported("deploymentConfiguration.lifecycleHooks");
  if (given.linearConfiguration) throw unsupported("deploymentConfiguration.linearConfiguration");
  if (given.canaryConfiguration) throw unsupported("deploymentConfiguration.canaryConfiguration");
  if (given.earlySuccessCriteria?.enable) throw unsupported("deploymentConfiguration.earlySuccessCriteria");
}

function checkStrategy({ strategy = "ROLLING", bakeTimeInMinutes = 0 }: Configuration): void {
  if (strategy !== "ROLLING" && strategy !== "BLUE_GREEN") {
    throw invalidParameter(`Deployment strategy ${strategy} is not supported.`);
  }
  if (bakeTimeInMinutes < 0 || bakeTimeInMinutes > 1440) {
    throw invalidParameter("bakeTimeInMinutes must be between 0 and 1440.");
  }
  if (strategy === "ROLLING" && bakeTimeInMinutes > 0) {
    throw invalidParameter("deploymentConfiguration.bakeTimeInMinutes is not supported for the strategy ROLLING.");
  }
}

function checkBreaker(breaker: DeploymentCircuitBreaker | undefined): void {
  const { type, value = 50 } = breaker?.thresholdConfiguration ?? {};
  if (!Number.isInteger(value) || value < 1 || (type === "BOUNDED_PERCENT" && value > 100)) {
    throw invalidParameter("The thresholdConfiguration value of the deployment circuit breaker is invalid.");
  }
}

export function checkCount(desiredCount: number): number {
  if (!Number.isInteger(desiredCount) || desiredCount < 0 || desiredCount > 10_000) {
    throw invalidParameter("desiredCount must be between 0 and 10000.");
  }
  return desiredCount;
}

/** Seconds; the API's integers have 32 bits. */
export function checkGracePeriod(seconds: number | undefined): number | undefined {
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 0 || seconds > 2_147_483_647)) {
    throw invalidParameter("healthCheckGracePeriodSeconds must be between 0 and 2147483647.");
  }
  return seconds;
}

/**
 * Whether AWS would rebalance a service's tasks over Availability Zones. All machines here count as one zone, so that it is
 * shown only. Throws AWS's refusal of a service that cannot be rebalanced.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
 */
export function readRebalancing(
  given: "ENABLED" | "DISABLED" | undefined,
  service: Pick<ServiceRecord, "deploymentConfiguration" | "launchType" | "schedulingStrategy" | "placementStrategy">,
): "ENABLED" | "DISABLED" {
  const [first] = service.placementStrategy ?? [];
  const isSpread = !first || (first.type === "spread" && first.field === "attribute:ecs.availability-zone");
  const isAble =
    service.deploymentConfiguration.maximumPercent > 100 &&
    service.launchType !== "EXTERNAL" &&
    service.schedulingStrategy === "REPLICA" &&
    isSpread;
  if (given === "ENABLED" && !isAble) {
    throw invalidParameter(
      "availabilityZoneRebalancing is not supported for services with a maximumPercent of 100 or less, the EXTERNAL launch type, the DAEMON scheduling strategy, or a placement strategy that does not first spread by attribute:ecs.availability-zone.",
    );
  }
  return given ?? (isAble ? "ENABLED" : "DISABLED");
}
