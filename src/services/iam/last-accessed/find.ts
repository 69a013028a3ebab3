import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Iam } from "../context.ts";
import type { LastAccessedJob } from "./records.ts";

/** Who may read what the call generates: the same user, another session of the same role, or the root user. */
export function requesterOf({ principal }: Call): string {
  return principal.userId.split(":")[0]!;
}

/** A report of the caller's own, which is worked on as long as it is not done. */
export async function findLastAccessedJob(
  { store, lastAccessed }: Iam,
  call: Call,
  id: string,
): Promise<LastAccessedJob> {
  const job = await store.findLastAccessedJob(call.account, id, call.time);
  if (job?.requester !== requesterOf(call)) {
    throw new ApiError(NoSuchEntityException$, `The job with id ${id} cannot be found.`);
  }
  if (!job.done) await lastAccessed.begin(job);
  return job;
}

/** What both operations that show a report say of it. */
export function jobState({ createdAt, done }: LastAccessedJob) {
  return {
    JobStatus: done ? ("COMPLETED" as const) : ("IN_PROGRESS" as const),
    JobCreationDate: createdAt,
    JobCompletionDate: done?.at,
  };
}
