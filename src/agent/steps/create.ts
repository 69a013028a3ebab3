import { containerSpec } from "../container-spec.ts";
import type { AgentTask, TaskEvent } from "../task.ts";
import { reasonOf, type StepContext, type TaskMemory } from "./step.ts";

/** Creates the container with its secrets in place. */
export async function createContainer(
  context: StepContext,
  task: AgentTask,
  container: string,
  memory: TaskMemory,
): Promise<TaskEvent> {
  try {
    const spec = containerSpec(task, container, {
      cluster: context.cluster,
      region: context.region,
      values: memory.secrets ?? new Map(),
      suffix: context.ids.hex(10),
    });
    return { kind: "created", container, id: await context.runtime.containers.create(spec) };
  } catch (error) {
    return { kind: "stopped", container, at: context.clock.now().getTime(), reason: reasonOf(error) };
  }
}
