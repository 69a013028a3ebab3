import type { AgentTask } from "./task.ts";

/** Variables that the agent gives containers. Pure. */
export interface AgentVariables {
  /** They take the place of the definition's; secrets take theirs. */
  set(task: AgentTask, container: string): Readonly<Record<string, string>>;
  /** Those of them that nothing else has set are set. */
  unlessSet(task: AgentTask, container: string): Readonly<Record<string, string>>;
}

export const noVariables: AgentVariables = { set: () => ({}), unlessSet: () => ({}) };
