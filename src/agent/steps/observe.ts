import type { ContainerState } from "../../runtime/runtime.ts";
import type { TaskEvent } from "../task.ts";
import { reasonOf, type StepContext } from "./step.ts";

/** The end of a container as the runtime shows it; `undefined` where the runtime knows it no more. */
export function observeEnd(context: StepContext, container: string, state: ContainerState | undefined): TaskEvent {
  const at = (state?.finishedAt ?? context.clock.now()).getTime();
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
