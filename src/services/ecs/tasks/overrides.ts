import type { ContainerOverride, TaskOverride } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Scope } from "../arns.ts";
import type { Container, TaskDefinition } from "../definitions/definition.ts";
import { roleArn } from "../role-arn.ts";

/** The roles that a task runs with: those of its definition unless the request gave others. */
export function roles(
  { overrides }: { readonly overrides: TaskOverride },
  definition: Pick<TaskDefinition, "taskRoleArn" | "executionRoleArn">,
): { readonly task: string | undefined; readonly execution: string | undefined } {
  return {
    task: overrides.taskRoleArn || definition.taskRoleArn,
    execution: overrides.executionRoleArn || definition.executionRoleArn,
  };
}

/** A request's overrides, with the ARNs of roles in place of their names. */
export function withRoleArns(scope: Scope, overrides: TaskOverride = {}): TaskOverride {
  const { taskRoleArn, executionRoleArn } = overrides;
  return {
    ...overrides,
    ...(taskRoleArn && { taskRoleArn: roleArn(scope, taskRoleArn) }),
    ...(executionRoleArn && { executionRoleArn: roleArn(scope, executionRoleArn) }),
  };
}

/** A definition's containers with the request's changes. */
export function overriddenContainers(
  { containerDefinitions }: Pick<TaskDefinition, "containerDefinitions">,
  { containerOverrides = [] }: TaskOverride,
): readonly Container[] {
  return containerDefinitions.map((container) =>
    overridden(
      container,
      containerOverrides.find(({ name }) => name === container.name),
    ),
  );
}

/** A container's definition with the request's changes. */
export function overridden(container: Container, override: ContainerOverride | undefined): Container {
  if (!override) return container;
  const { command, cpu, memory, memoryReservation, environment, environmentFiles, resourceRequirements } = override;
  return {
    ...container,
    ...defined({ cpu, memory, memoryReservation }),
    ...(command?.length && { command }),
    ...(resourceRequirements?.length && { resourceRequirements }),
    ...(environment?.length && { environment: [...(container.environment ?? []), ...environment] }),
    ...(environmentFiles?.length && { environmentFiles }),
  };
}
