import type { ContainerState } from "../../runtime/containers.ts";
import type { TaskEvent } from "../task.ts";
import { type Retry, reasonOf, type StepContext } from "./step.ts";

/** The end of a container as the runtime shows it, or knows it no more, at `now` (milliseconds since 1970). */
export function observeEnd(container: string, state: ContainerState | undefined, now: number): TaskEvent {
  const at = state?.finishedAt?.getTime() ?? now;
  if (!state) {
    return { kind: "stopped", container, at, reason: "ContainerVanishedError: No container matching saved ID found" };
  }
  return {
    kind: "stopped",
    container,
    at,
    ...(state.exitCode !== undefined && state.startedAt !== undefined && { exitCode: state.exitCode }),
    ...(state.error && { reason: reasonOf(state.error) }),
  };
}

/** Looks at a container that may have ended; `undefined` if it has not. */
export async function observeContainer(
  { runtime, clock }: StepContext,
  container: string,
  id: string,
): Promise<TaskEvent | Retry | undefined> {
  try {
    const state = await runtime.containers.inspect(id);
    return state?.status === "running" ? undefined : observeEnd(container, state, clock.now().getTime());
  } catch (error) {
    return { retry: reasonOf(error) };
  }
}
