import type { Runtime } from "../../runtime/runtime.ts";
import { findOfTask } from "./adopt.ts";
import type { AgentTask } from "./task.ts";

/** The ids of everything that a stopped task left in the runtime. */
export async function remainsOf(task: AgentTask, { containers }: Runtime): Promise<readonly string[]> {
  const attempts = task.containers.flatMap(({ earlier, attempt }) => [...earlier, attempt]);
  const known = attempts.flatMap(({ runtimeId }) => runtimeId ?? []);
  // What was asked for and answered with a failure may have been made.
  const isUnclear =
    task.isUnclear ||
    attempts.some(({ runtimeId, runtimeName }) => runtimeName !== undefined && runtimeId === undefined) ||
    Object.values(task.resources).some(({ status }) => status === "failed");
  const found = isUnclear ? findOfTask(task.arn, await containers.list()) : [];
  return [...new Set([...known, ...found.map(({ id }) => id)])];
}
