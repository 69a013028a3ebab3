import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { reasonOf } from "../engine/steps/step.ts";
import type { AgentContainer, AgentTask } from "../engine/task.ts";
import { network } from "./network.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/**
 * Opens the task's namespaces while the containers that share them are created: each takes the runtime about as long. Opening them
 * once more does nothing, so that an agent that was killed need not know whether they are open.
 */
export const openNetwork: Resource<true> = {
  kind: "open-network",
  after: ["network"],
  keeps: "memory",
  isForStart: true,
  needed: (task) => network.needed(task) && task.containers.some(isUnstarted),

  async make({ runtime }, task) {
    try {
      await runtime.networks.open(namespaceOf(task));
      return true;
    } catch (error) {
      if (error instanceof RuntimeUnavailableError) throw error;
      throw new ResourceFailure(reasonOf(error));
    }
  },
};

function isUnstarted({ attempt: { status, startedAt } }: AgentContainer): boolean {
  return startedAt === undefined && status !== "stopped";
}

function namespaceOf({ arn, resources }: AgentTask): string {
  const { id }: { id?: unknown } = Object(resources[network.kind]?.data);
  if (typeof id !== "string") throw new Error(`Task ${arn} has no namespace`);
  return id;
}
