import type { Call } from "../../../model/call.ts";
import type { Iam } from "../context.ts";
import { noSuch } from "../errors.ts";
import { type LastAccessedJob, requesterOf } from "./job.ts";

/** A report that the caller asked for. Throws AWS's error where it does not exist; begins work on it where it is not done. */
export async function existingJob({ store, lastAccessed }: Iam, call: Call, id: string): Promise<LastAccessedJob> {
  const job = await store.lastAccessed.find(call.account, id, call.time);
  if (job?.requester !== requesterOf(call)) throw noSuch(`The job with id ${id} cannot be found.`);
  if (!job.done) await lastAccessed.begin(job);
  return job;
}
