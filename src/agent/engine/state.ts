import type { AgentTask } from "./task.ts";

/** The agent's memory over a restart, a kill or a loss of power. It holds no credentials and no secret values. */
export interface StateStore {
  /** The container instance that this machine is, once it has registered. */
  instance(): string | undefined;
  setInstance(arn: string): Promise<void>;

  tasks(): readonly AgentTask[];
  /** Resolves when the task's state is on the disk. Of several saves of one task the last one counts. */
  save(task: AgentTask): Promise<void>;
  delete(arn: string): Promise<void>;
}
