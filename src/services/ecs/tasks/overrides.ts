import type { ContainerOverride, TaskOverride } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Container, TaskDefinition } from "../definitions/definition.ts";
import { sizeProblem } from "../definitions/numbers.ts";
import { units } from "../definitions/units.ts";
import { invalidParameter } from "../errors.ts";

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
  const { command, cpu, memory, memoryReservation, environment, environmentFiles } = override;
  return {
    ...container,
    ...defined({ cpu, memory, memoryReservation }),
    ...(command?.length && { command }),
    ...(environment?.length && { environment: [...(container.environment ?? []), ...environment] }),
    ...(environmentFiles?.length && { environmentFiles }),
  };
}

/** The overrides of a request, with the task's size in units. Throws AWS's refusal of overrides that do not fit the definition. */
export function readOverrides(definition: TaskDefinition, overrides: TaskOverride = {}): TaskOverride {
  for (const override of overrides.containerOverrides ?? []) {
    const { name, environment } = override;
    const problem = sizeProblem(override);
    if (problem !== undefined) throw invalidParameter(problem);
    const container = definition.containerDefinitions.find((candidate) => candidate.name === name);
    if (!container) {
      throw invalidParameter(`Override for container named ${name} is not a container in the TaskDefinition.`);
    }
    const shared = environment?.find((variable) => container.secrets?.some((secret) => secret.name === variable.name));
    if (shared) {
      throw invalidParameter(
        `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${shared.name}'.`,
      );
    }
  }
  const { cpu: givenCpu, memory: givenMemory, ...rest } = overrides;
  const cpu = units(givenCpu, "cpu");
  if (cpu === null) throw invalidParameter("Invalid 'cpu' setting for task.");
  const memory = units(givenMemory, "memory");
  if (memory === null) throw invalidParameter("Invalid 'memory' setting for task.");
  return { ...rest, ...defined({ cpu, memory }) };
}
