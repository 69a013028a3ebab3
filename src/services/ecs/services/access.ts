import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { passRoles } from "../access.ts";
import type { FoundDefinition } from "../definitions/find.ts";
import { type ServiceLaunch, serviceConditions } from "../tasks/launch-conditions.ts";
import type { ServiceRecord } from "./service.ts";

/** The members of a service that policies can ask for and that a request may leave as they are. */
type Kept = Pick<ServiceRecord, "enableExecuteCommand" | "enableECSManagedTags" | "propagateTags">;

/**
 * The needs, beside its own action, of a request that gives a service tasks to run: passing on the roles of the definition
 * that it names. Policies see the revision that was found, and `current` where the request leaves something as it is.
 */
export function serviceLaunchNeeds(
  definition: FoundDefinition | undefined,
  input: ServiceLaunch,
  call: Call,
  current: Kept = {},
): { readonly conditions: NonNullable<Need["conditions"]>; readonly passed: readonly Need[] } {
  const request = { ...input, ...defined(keptBy(input, current)) };
  const conditions = serviceConditions(call, request, definition?.definition);
  if (!definition) return { conditions, passed: [] };
  const { taskRoleArn, executionRoleArn } = definition.definition ?? {};
  const passed = { to: "ecs-tasks.amazonaws.com", associatedResource: definition.arn } as const;
  return {
    conditions: { ...conditions, "ecs:task-definition": definition.arn },
    passed: passRoles(call, passed, taskRoleArn, executionRoleArn),
  };
}

function keptBy(input: ServiceLaunch, current: Kept) {
  return {
    enableExecuteCommand: input.enableExecuteCommand ?? current.enableExecuteCommand,
    enableECSManagedTags: input.enableECSManagedTags ?? current.enableECSManagedTags,
    propagateTags: input.propagateTags ?? current.propagateTags,
  };
}

/** True if the service still has the values that authorisation saw and that the request leaves as they are. */
export function isAsAuthorized(input: ServiceLaunch, found: ServiceRecord, current: ServiceRecord): boolean {
  const seen = (service: ServiceRecord) => JSON.stringify([service.createdAt, keptBy(input, service)]);
  return seen(found) === seen(current);
}
