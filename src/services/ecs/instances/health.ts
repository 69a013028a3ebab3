import type { ContainerInstanceHealthStatus, InstanceHealthCheckType } from "@aws-sdk/client-ecs";
import type { InstanceStatus } from "../../../acs/telemetry.ts";
import { defined } from "../../../defined.ts";
import type { Ecs } from "../context.ts";
import type { InstanceHealth } from "./instance.ts";

/** The API's names of what AWS's agent checks. It has others, which the API does not show. */
const types: Readonly<Record<string, InstanceHealthCheckType>> = {
  ContainerRuntime: "CONTAINER_RUNTIME",
  EBSDaemon: "DAEMON",
  ACCELERATED_COMPUTE: "ACCELERATED_COMPUTE",
};

/** Writes what an agent tells of its machine. */
export async function noteStatuses(
  { transaction }: Pick<Ecs["store"], "transaction">,
  arn: string,
  statuses: readonly InstanceStatus[],
): Promise<void> {
  const health = statuses.flatMap(({ type, status, lastUpdated, lastStatusChange }): readonly InstanceHealth[] => {
    const shown = Object.hasOwn(types, type) ? types[type] : undefined;
    if (!shown) return [];
    const times = { lastUpdated: inMilliseconds(lastUpdated), lastStatusChange: inMilliseconds(lastStatusChange) };
    return [{ type: shown, status, ...defined(times) }];
  });
  // Of several words on one thing the last counts.
  const byType = [...new Map(health.map((one) => [one.type, one])).values()];
  await transaction(async (records) => {
    const current = await records.instances.find(arn);
    if (current) await records.instances.put({ ...current, health: byType });
  });
}

function inMilliseconds(seconds: number | null | undefined): number | undefined {
  return seconds === undefined || seconds === null ? undefined : Math.round(seconds * 1000);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstanceHealthStatus.html */
export function healthShape(health: readonly InstanceHealth[] = []): ContainerInstanceHealthStatus {
  const is = (status: InstanceHealth["status"]) => health.some((one) => one.status === status);
  const overallStatus = is("IMPAIRED")
    ? "IMPAIRED"
    : health.length === 0 || is("INSUFFICIENT_DATA")
      ? "INSUFFICIENT_DATA"
      : is("INITIALIZING")
        ? "INITIALIZING"
        : "OK";
  return {
    overallStatus,
    details: health.map(({ type, status, lastUpdated, lastStatusChange }) => ({
      type,
      status,
      ...defined({
        lastUpdated: lastUpdated === undefined ? undefined : new Date(lastUpdated),
        lastStatusChange: lastStatusChange === undefined ? undefined : new Date(lastStatusChange),
      }),
    })),
  };
}
