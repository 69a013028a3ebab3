import type { ContainerState } from "../../runtime/containers.ts";
import { identityOf } from "../../runtime/identity.ts";
import { type AgentContainer, type AgentTask, attemptNumber } from "./task.ts";

/** Everything that the runtime has of the task, namespaces included, whether the agent recorded it or not. */
export function findOfTask(arn: string, states: readonly ContainerState[]): readonly ContainerState[] {
  return states.filter(({ labels }) => identityOf(labels)?.taskArn === arn);
}

/** The runtime's container of the container's current attempt: by its id, or by the name and the labels that it was to get. */
export function findContainer(
  task: AgentTask,
  container: AgentContainer,
  states: readonly ContainerState[],
): ContainerState | undefined {
  const { runtimeId, runtimeName } = container.attempt;
  if (runtimeId !== undefined) return states.find(({ id }) => id === runtimeId);
  return findOfTask(task.arn, states).find(({ name, labels }) => {
    const identity = identityOf(labels);
    return (
      name === runtimeName && identity?.container === container.name && identity.attempt === attemptNumber(container)
    );
  });
}
