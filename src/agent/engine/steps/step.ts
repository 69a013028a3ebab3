import type { Clock } from "../../../clock.ts";
import type { Runtime } from "../../../runtime/runtime.ts";
import { RuntimeError, RuntimeUnavailableError } from "../../../runtime/runtime-error.ts";
import { nothingHidden, type Redact } from "../redact.ts";
import { type AgentTask, type Attempt, containerOf, type TaskEvent } from "../task.ts";

/** The surroundings of a task's steps. A step does one thing, once, and resolves to an event; it never rejects. */
export interface StepContext {
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly task: AgentTask;
  /** Hides the secrets that the runtime was given for the container. */
  readonly redact: Redact;
  /** Aborted when the engine is disposed of. */
  readonly closing: AbortSignal;
  /** See `within`. */
  within<T>(transition: string, milliseconds: number, work: () => Promise<T>): Promise<T>;
  /** See `patiently`; ends when the task is to stop, or the engine is disposed of. */
  patiently<T>(work: (again: boolean) => Promise<T>): Promise<T>;
}

/** It could not be done now: try again. */
export interface Retry {
  readonly retry: string;
}

/** `<ErrorName>: <message>`, the form of a container's reason. */
export function reasonOf(error: unknown, redact: Redact = nothingHidden): string {
  if (error instanceof RuntimeError) return `${error.name}: ${redact(error.message)}`;
  return `UnknownError: ${redact(error instanceof Error ? error.message : String(error))}`;
}

/** The container could not be brought to run; nothing happened to it where the engine is disposed of and the runtime is away. */
export function neverRan(context: StepContext, container: string, error: unknown): TaskEvent | undefined {
  if (isCutShort(context, error)) return undefined;
  const at = context.clock.now().getTime();
  return { kind: "stopped", container, at, reason: reasonOf(error, context.redact) };
}

/** The next process goes on with it: the disposal ended the wait for a runtime that cannot be reached. */
export function isCutShort({ closing }: Pick<StepContext, "closing">, error: unknown): boolean {
  return closing.aborted && error instanceof RuntimeUnavailableError;
}

export function attemptOf({ task }: StepContext, container: string): Attempt {
  return containerOf(task, container).attempt;
}
