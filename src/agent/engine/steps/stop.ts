import { payloadOf, type TaskEvent } from "../task.ts";
import { observeContainer } from "./observe.ts";
import { attemptOf, type Retry, reasonOf, type StepContext } from "./step.ts";

/** Seconds between the stop signal and SIGKILL where the task definition sets none, as in AWS's agent. */
const defaultStopTimeout = 30;

/** Milliseconds that stopping may take beyond that, as in AWS's agent. */
const grace = 2 * 60_000;

/** Stops the container, whether it runs or was only created. */
export async function stopContainer(context: StepContext, container: string): Promise<TaskEvent | Retry> {
  const { runtimeId: id = "" } = attemptOf(context, container);
  const { stopTimeout = 0 } = payloadOf(context.task, container);
  const timeout = stopTimeout > 0 ? stopTimeout : defaultStopTimeout;
  try {
    await context.within("stopped", timeout * 1000 + grace, () => context.runtime.containers.stop(id, timeout));
  } catch (error) {
    return { retry: reasonOf(error, context.redact) };
  }
  return (
    (await observeContainer(context, container, id)) ?? {
      retry: "CannotStopContainerError: it was stopped and still runs",
    }
  );
}
