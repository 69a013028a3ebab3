import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { passRoles } from "../access.ts";
import type { FoundDefinition } from "../definitions/find.ts";
import { type ServiceLaunch, serviceConditions } from "../tasks/launch-conditions.ts";

/**
 * The needs, beside its own action, of a request that gives a service tasks to run: passing on the roles of the definition
 * that it names. Policies see the revision that was found, and of a service nothing that the request leaves as it is.
 */
export function serviceLaunchNeeds(
  definition: FoundDefinition | undefined,
  input: ServiceLaunch,
  call: Call,
): { readonly conditions: NonNullable<Need["conditions"]>; readonly passed: readonly Need[] } {
  const conditions = serviceConditions(call, input, definition?.definition);
  if (!definition) return { conditions, passed: [] };
  const { taskRoleArn, executionRoleArn } = definition.definition ?? {};
  const passed = { to: "ecs-tasks.amazonaws.com", associatedResource: definition.arn } as const;
  return {
    conditions: { ...conditions, "ecs:task-definition": definition.arn },
    passed: passRoles(call, passed, taskRoleArn, executionRoleArn),
  };
}
