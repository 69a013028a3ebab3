import type { DeploymentCircuitBreaker, ServiceDeploymentCircuitBreaker } from "@aws-sdk/client-ecs";
import type { ScheduledTask } from "../tasks/scheduled-task.ts";
import { failuresOf, isFailure } from "./backoff.ts";
import type { Deployment, ServiceDeploymentRecord, ServiceRecord } from "./service.ts";

/**
 * The service with its primary deployment FAILED, if too many of its tasks never ran.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function openBreaker(
  service: ServiceRecord,
  tasks: readonly ScheduledTask[],
  now: number,
): ServiceRecord | undefined {
  const [primary, ...older] = service.deployments;
  const breaker = service.deploymentConfiguration.deploymentCircuitBreaker;
  if (!breaker?.enable || primary.rolloutState !== "IN_PROGRESS" || primary.rollback) return undefined;
  const own = tasks.filter(({ startedBy }) => startedBy === primary.id);
  // A task that has run for long enough begins the count anew, unless the service says otherwise.
  const failed = breaker.resetOnHealthyTask === false ? own.filter(isFailure).length : failuresOf(own, now).consecutive;
  if (failed < thresholdOf(breaker, service.desiredCount)) return undefined;
  const next: Deployment = {
    ...primary,
    rolloutState: "FAILED",
    rolloutStateReason: `${breakerName}: tasks failed to start.`,
  };
  return { ...service, deployments: [next, ...older] };
}

/** The number of failures that opens the breaker. */
function thresholdOf(
  { thresholdConfiguration }: Pick<DeploymentCircuitBreaker, "thresholdConfiguration">,
  desiredCount: number,
): number {
  const { type = "BOUNDED_PERCENT", value = 50 } = thresholdConfiguration ?? {};
  if (type === "COUNT") return value;
  const share = Math.ceil((desiredCount * value) / 100);
  return type === "UNBOUNDED_PERCENT" ? Math.max(1, share) : Math.min(200, Math.max(3, share));
}

/** Begins the reason of what the breaker does. */
export const breakerName = "ECS deployment circuit breaker";

/** The breaker's state in a deployment that came to this status, as DescribeServiceDeployments shows it. */
export function breakerState(
  { deploymentConfiguration: { deploymentCircuitBreaker: breaker }, desiredCount }: ServiceRecord,
  { status, rollback }: Pick<ServiceDeploymentRecord, "status" | "rollback">,
  failureCount: number,
): ServiceDeploymentCircuitBreaker {
  if (!breaker?.enable) return { status: "DISABLED", failureCount, threshold: 0 };
  const threshold = thresholdOf(breaker, desiredCount);
  if (rollback?.reason.startsWith(breakerName)) return { status: "TRIGGERED", failureCount, threshold };
  return { status: status === "IN_PROGRESS" ? "MONITORING" : "MONITORING_COMPLETE", failureCount, threshold };
}
