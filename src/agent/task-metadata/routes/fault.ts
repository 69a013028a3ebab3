import { type Answer, json, type MetadataRequest } from "../answer.ts";
import type { Metadata } from "../metadata.ts";
import { findFor } from "./find.ts";

/**
 * Faults cannot be injected: the answer is that of AWS's agent for a task whose definition does not enable it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fault-injection.html
 */
export async function fault(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
  const found = await findFor(metadata, id, request);
  if (!found) return json(404, { Error: `unable to lookup container: ${id}` });
  return json(400, { Error: `enableFaultInjection is not enabled for task: ${found.task.arn}` });
}
