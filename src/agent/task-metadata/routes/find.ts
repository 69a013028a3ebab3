import type { MetadataRequest } from "../answer.ts";
import type { Found } from "../endpoint-ids.ts";
import type { Metadata } from "../metadata.ts";

/** The container of an id in a path, unless the request comes from elsewhere than its task. */
export async function findFor(
  { ids, callers, log }: Metadata,
  id: string,
  { from }: Pick<MetadataRequest, "from">,
): Promise<Found | undefined> {
  const found = ids.find(id);
  if (!found || (await callers.mayBe(found.task, from))) return found;
  log.warn({ task: found.task.arn, from }, "A program that is not of the task asked for its metadata");
  return undefined;
}

/** The runtime's id of the container, once it was created. */
export function runtimeIdOf({ task, container }: Found): string | undefined {
  return task.containers.find(({ name }) => name === container)?.attempt.runtimeId;
}
