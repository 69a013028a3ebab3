import { taskLabels } from "../container-spec.ts";
import type { AgentTask, TaskEvent } from "../task.ts";
import { type Retry, reasonOf, type StepContext } from "./step.ts";

/** The name of the container that holds an awsvpc task's network namespace, as AWS's agent calls it. */
const pauseName = "~internal~ecs~pause";

/** Opens the network namespace at the address that the control plane gave the task. */
export async function openNamespace(context: StepContext, task: AgentTask): Promise<TaskEvent> {
  const [eni] = task.payload.elasticNetworkInterfaces ?? [];
  const address = eni?.ipv4Addresses.find(({ primary }) => primary)?.privateAddress;
  if (!eni || address === undefined) {
    return {
      kind: "namespace-failed",
      reason: `ContainerNetworkingError: Task ${task.arn} came without a network address`,
    };
  }
  try {
    const id = await context.runtime.networks.open({
      taskArn: task.arn,
      hostname: eni.privateDnsName,
      address,
      labels: taskLabels(task.payload, context.cluster, pauseName),
    });
    return { kind: "namespace-opened", id };
  } catch (error) {
    return { kind: "namespace-failed", reason: reasonOf(error) };
  }
}

/** Closes it once no container of the task runs any more. */
export async function closeNamespace(context: StepContext, task: AgentTask): Promise<TaskEvent | Retry> {
  try {
    if (task.namespace.id !== undefined) await context.runtime.containers.remove(task.namespace.id);
    return { kind: "namespace-closed" };
  } catch (error) {
    return { retry: reasonOf(error) };
  }
}
