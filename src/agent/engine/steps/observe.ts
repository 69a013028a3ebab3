import { defined } from "../../../defined.ts";
import type { ContainerState } from "../../../runtime/containers.ts";
import { nothingHidden, type Redact } from "../redact.ts";
import type { TaskEvent } from "../task.ts";
import { type Retry, reasonOf, type StepContext } from "./step.ts";

/** The end of a container as the runtime shows it at `now` (milliseconds since 1970); one that it does not know has vanished. */
export function observeEnd(
  container: string,
  state: ContainerState | undefined,
  now: number,
  redact: Redact,
): TaskEvent & { readonly kind: "stopped" } {
  const at = state?.finishedAt?.getTime() ?? now;
  if (!state) {
    return { kind: "stopped", container, at, reason: "ContainerVanishedError: No container matching saved ID found" };
  }
  const { startedAt, exitCode, error } = state;
  const isSafe = error?.name === "OutOfMemoryError";
  return {
    kind: "stopped",
    container,
    at,
    ...defined({
      exitCode: startedAt && exitCode,
      since: startedAt?.getTime(),
      reason: error && reasonOf(error, isSafe ? nothingHidden : redact),
    }),
  };
}

/** Looks at a container that may have ended; `undefined` if it has not. */
export async function observeContainer(
  { runtime, clock, redact }: Pick<StepContext, "runtime" | "clock" | "redact">,
  container: string,
  id: string,
): Promise<TaskEvent | Retry | undefined> {
  try {
    const state = await runtime.containers.inspect(id);
    return state?.status === "running" ? undefined : observeEnd(container, state, clock.now().getTime(), redact);
  } catch (error) {
    return { retry: reasonOf(error, redact) };
  }
}
