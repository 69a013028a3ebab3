import type { Access, Call } from "../../../model/call.ts";
import { definitionResource, passRoles } from "../access.ts";
import type { Ecs } from "../context.ts";
import { lookUpDefinition } from "../find.ts";
import { type ServiceLaunch, serviceConditions } from "../tasks/launch-conditions.ts";

interface ServiceRequest extends ServiceLaunch {
  readonly taskDefinition?: string;
}

/**
 * What a service that is to run tasks of a definition needs beside its own action: passing on the definition's roles, where
 * the request names one. Policies see the revision that would be run now, and of `current` what the request leaves as it is.
 */
export async function serviceAccess(
  input: ServiceRequest,
  call: Call,
  context: Ecs,
  current: Pick<ServiceLaunch, "enableExecuteCommand" | "enableECSManagedTags" | "propagateTags"> = {},
): Promise<{ readonly conditions: NonNullable<Access["conditions"]>; readonly passed: readonly Access[] }> {
  const { taskDefinition: reference } = input;
  const definition = reference === undefined ? undefined : await lookUpDefinition(context, call, reference);
  const request = {
    ...input,
    enableExecuteCommand: input.enableExecuteCommand ?? current.enableExecuteCommand,
    enableECSManagedTags: input.enableECSManagedTags ?? current.enableECSManagedTags,
    propagateTags: input.propagateTags ?? current.propagateTags,
  };
  const conditions = serviceConditions(call, request, definition);
  if (reference === undefined) return { conditions, passed: [] };
  const associatedResource = definitionResource(call, reference, definition);
  const { taskRoleArn, executionRoleArn } = definition ?? {};
  return {
    conditions: { ...conditions, "ecs:task-definition": associatedResource },
    passed: passRoles(call, { to: "ecs-tasks.amazonaws.com", associatedResource }, taskRoleArn, executionRoleArn),
  };
}
