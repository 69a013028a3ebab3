import { type AgentTask, payloadOf, type TaskEvent } from "../task.ts";
import { reasonOf, type StepContext } from "./step.ts";

/** Makes the container's image present. */
export async function pullImage(context: StepContext, task: AgentTask, container: string): Promise<TaskEvent> {
  try {
    const { digest } = await context.runtime.images.pull(payloadOf(task, container).image);
    return { kind: "pulled", container, ...(digest !== undefined && { digest }) };
  } catch (error) {
    return { kind: "stopped", container, at: context.clock.now().getTime(), reason: reasonOf(error) };
  }
}
