import type { AgentContainer, AgentTask } from "../engine/task.ts";

/** The container is still to be created, and so needs what it is to be given. */
export function isUncreated({ attempt: { status } }: AgentContainer): boolean {
  return isUnpulled({ attempt: { status } }) || status === "pulled" || status === "creating";
}

/** The container's image is still to be pulled. */
export function isUnpulled({ attempt: { status } }: Pick<AgentContainer, "attempt">): boolean {
  return status === "none" || status === "pulling";
}

/** The names of those of the task's containers of which `is` holds, and none once the task is to stop. */
export function containersThat(task: AgentTask, is: (container: AgentContainer) => boolean): readonly string[] {
  return task.desired === "STOPPED" ? [] : task.containers.filter(is).map(({ name }) => name);
}
