import { parseArn } from "../../../arn.ts";
import { resolveSecrets } from "../../secrets/index.ts";
import { type AgentTask, isUncreated, payloadOf, type TaskEvent } from "../task.ts";
import type { StepContext, TaskMemory } from "./step.ts";

/** Reads, as the execution role and each once, the secrets of all containers still to be created. `memory` gets the values. */
export async function resolveTaskSecrets(
  context: StepContext,
  task: AgentTask,
  memory: TaskMemory,
): Promise<TaskEvent> {
  const credentials = memory.executionRoleCredentials;
  delete memory.executionRoleCredentials;
  try {
    const requests = task.containers
      .filter(isUncreated)
      .flatMap(({ name }) => payloadOf(task, name).secrets.map((secret) => ({ ...secret, container: name })));
    await using source = credentials && context.secretSource(credentials);
    const result = await resolveSecrets(requests, source, {
      launchType: task.payload.launchType ?? "EC2",
      account: parseArn(task.arn)?.account ?? "",
    });
    if (result.outcome === "failed") return { kind: "secrets-failed", reason: result.reason };
    memory.secrets = result.values;
    return { kind: "secrets-resolved" };
  } catch (error) {
    // Nothing is expected here, so the text may hold anything.
    const name = error instanceof Error ? error.name : typeof error;
    return { kind: "secrets-failed", reason: `UnknownError: the task's secrets could not be resolved (${name})` };
  }
}
