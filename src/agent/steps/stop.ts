import { type AgentTask, payloadOf, type TaskEvent } from "../task.ts";
import { observeEnd } from "./observe.ts";
import { reasonOf, type StepContext } from "./step.ts";

/** Seconds between the stop signal and SIGKILL where the task definition says nothing, as in AWS's agent. */
const defaultStopTimeout = 30;

/** Stops the container, whether it runs or was only created. `undefined` where it could not be stopped: try again. */
export async function stopContainer(
  context: StepContext,
  task: AgentTask,
  container: string,
): Promise<TaskEvent | { readonly retry: string }> {
  const id = task.containers.find(({ name }) => name === container)?.runtimeId ?? "";
  try {
    await context.runtime.stop(id, payloadOf(task, container).stopTimeout ?? defaultStopTimeout);
    return observeEnd(context, container, await context.runtime.inspect(id));
  } catch (error) {
    return { retry: reasonOf(error) };
  }
}
