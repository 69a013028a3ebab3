import type { AgentTask, TaskEvent } from "../task.ts";
import { observeEnd } from "./observe.ts";
import { reasonOf, type StepContext } from "./step.ts";

/** Starts a created container; one whose program has already ended again is told as ended. */
export async function startContainer(
  context: StepContext,
  task: AgentTask,
  container: string,
): Promise<readonly TaskEvent[]> {
  const id = task.containers.find(({ name }) => name === container)?.runtimeId ?? "";
  try {
    await context.runtime.start(id);
    const state = await context.runtime.inspect(id);
    const at = (state?.startedAt ?? context.clock.now()).getTime();
    const started: TaskEvent = { kind: "started", container, at, ports: state?.ports ?? [] };
    return state?.status === "running" ? [started] : [started, observeEnd(context, container, state)];
  } catch (error) {
    return [{ kind: "stopped", container, at: context.clock.now().getTime(), reason: reasonOf(error) }];
  }
}
