import type { Resource } from "../resources/resource.ts";
import { allHidden, nothingHidden, type Redact, redactor } from "./redact.ts";
import { type AgentTask, containerOf } from "./task.ts";

/**
 * Hides the secret values that the runtime is given for a container. They are quoted by failures to create and to start it
 * only; where the values are not known any more, as after a restart of either, such a failure's text is hidden as a whole.
 */
export function redactFor(
  task: AgentTask,
  name: string,
  resources: readonly Resource[],
  dataOf: (resource: Resource) => unknown,
): Redact {
  const { startedAt, restarts } = containerOf(task, name).attempt;
  if (startedAt !== undefined && restarts === undefined) return nothingHidden;
  const values = resources.map((resource) =>
    task.resources[resource.kind] && resource.hides ? resource.hides(task, name, dataOf(resource)) : [],
  );
  const known = values.filter((some) => some !== undefined);
  return known.length < values.length ? allHidden : redactor(known.flat());
}
