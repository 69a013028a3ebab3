import type { Redact } from "./redact.ts";
import type { AgentTask } from "./task.ts";

/** A task with what the engine holds of it in memory only. */
export interface Entry {
  task: AgentTask;
  /** By kind, the data of resources that are kept in memory. */
  readonly memory: Map<string, unknown>;
  /** By container, from its creation to its start. */
  readonly redacts: Map<string, Redact>;
  /** The runtime's ids of containers that ended while they were being started. */
  readonly endedEarly: Set<string>;
  /** Aborted when the task is to stop, or the engine is disposed of. */
  readonly stop: AbortController;
}

export function newEntry(task: AgentTask): Entry {
  return { task, memory: new Map(), redacts: new Map(), endedEarly: new Set(), stop: new AbortController() };
}
