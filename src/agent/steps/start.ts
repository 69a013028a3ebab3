import type { AgentTask, TaskEvent } from "../task.ts";
import { observeEnd } from "./observe.ts";
import { reasonOf, type StepContext } from "./step.ts";

/**
 * Starts a created container; one whose program has already ended again is told as ended. After a failure the container
 * may run nonetheless, and is to be stopped.
 */
export async function startContainer(
  { runtime, clock }: StepContext,
  task: AgentTask,
  container: string,
): Promise<readonly TaskEvent[] | { readonly failed: string }> {
  const id = task.containers.find(({ name }) => name === container)?.runtimeId ?? "";
  try {
    await runtime.containers.start(id);
    const state = await runtime.containers.inspect(id);
    const now = clock.now().getTime();
    const at = state?.startedAt?.getTime() ?? now;
    const started: TaskEvent = { kind: "started", container, at, ports: state?.ports ?? [] };
    return state?.status === "running" ? [started] : [started, observeEnd(container, state, now)];
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}
