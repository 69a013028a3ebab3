import type { DeploymentConfiguration } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../errors.ts";
import type { ServiceRecord } from "./service.ts";

type Configuration = ServiceRecord["deploymentConfiguration"];

/** A new service's, as far as its request does not say otherwise. */
export const usualConfiguration: Configuration = {
  deploymentCircuitBreaker: { enable: false, rollback: false },
  maximumPercent: 200,
  minimumHealthyPercent: 100,
};

/** `current` with the changes that a request gives. Throws AWS's refusal of percentages that no deployment could keep to. */
export function readConfiguration(given: DeploymentConfiguration | undefined, current: Configuration): Configuration {
  const next: Configuration = {
    ...current,
    ...given,
    maximumPercent: given?.maximumPercent ?? current.maximumPercent,
    minimumHealthyPercent: given?.minimumHealthyPercent ?? current.minimumHealthyPercent,
  };
  if (next.strategy !== undefined && next.strategy !== "ROLLING") {
    throw invalidParameter(`Deployment strategy ${next.strategy} is not supported.`);
  }
  if (next.minimumHealthyPercent < 0 || next.minimumHealthyPercent > 100) {
    throw invalidParameter("minimumHealthyPercent must be between 0 and 100.");
  }
  if (next.maximumPercent < 100) throw invalidParameter("maximumPercent must be at least 100.");
  return next;
}

export function checkCount(desiredCount: number): number {
  if (!Number.isInteger(desiredCount) || desiredCount < 0 || desiredCount > 10_000) {
    throw invalidParameter("desiredCount must be between 0 and 10000.");
  }
  return desiredCount;
}
