import type { AuditCall } from "../../../front-door/audit-call.ts";
import { serviceCall } from "../../../front-door/service-call.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Logs } from "../context.ts";
import { isGroupName, isReserved, type Place } from "./group.ts";

/**
 * Makes a group on behalf of a service, such as `ecs.amazonaws.com`, unless it is there. The audit trail has the service's call.
 * Nothing is made of what is no name of a group.
 */
export async function ensureGroup(
  { audit, ...context }: Logs & { readonly audit: AuditCall },
  service: string,
  place: Place,
  logGroupName: string,
): Promise<void> {
  if (!isGroupName(logGroupName) || isReserved(logGroupName)) return;
  if (await context.store.groups.find(place, logGroupName)) return;
  const { operations } = await import("../operations.ts");
  const createLogGroup = await operations.CreateLogGroup?.();
  if (!createLogGroup) throw new Error("CloudWatch Logs makes no groups");
  // A service is not asked whether it may do what it does by itself.
  const options = { service: "logs", context, authorize: async () => undefined, audit };
  await serviceCall(options, createLogGroup, { logGroupName }, callOf(context, service, place)).catch(
    (error: unknown) => {
      // Somebody else was first.
      if (!(error instanceof ApiError) || error.shape !== "ResourceAlreadyExistsException") throw error;
    },
  );
}

function callOf({ ids, clock }: Logs, service: string, place: Place): Call {
  const time = clock.now();
  const principal = {
    kind: "service",
    arn: service,
    account: place.account,
    userId: service,
    accessKeyId: "",
  } as const;
  return {
    ...{ requestId: ids.timedUuid(time), eventId: ids.timedUuid(time), principal, ...place, time },
    ...{ sourceIp: service, userAgent: service, host: "", decisions: [] },
  };
}
