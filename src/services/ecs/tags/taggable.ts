import { ResourceNotFoundException$ } from "@aws-sdk/client-ecs";
import { parseArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import { isOwn, type Scope } from "../arns.ts";
import { clusterNotFound, invalidParameter, serviceNotFound } from "../errors.ts";
import type { Records } from "../store.ts";

/** AWS's refusal where `arn` names nothing that can have tags. */
export async function untaggable(records: Records, scope: Scope, arn: string): Promise<ApiError | undefined> {
  const parsed = parseArn(arn);
  if (parsed?.service !== "ecs") return invalidParameter("Invalid resource ARN.");
  const own = isOwn(scope, arn);
  const refusal = refusals[parsed.resource.split("/")[0] ?? ""];
  if (!refusal) return invalidParameter("Invalid resource ARN.");
  return own && (await refusal.isThere(records, arn)) ? undefined : refusal.error();
}

interface Taggable {
  isThere(records: Records, arn: string): Promise<boolean>;
  error(): ApiError;
}

const refusals: Readonly<Record<string, Taggable | undefined>> = {
  cluster: { isThere: (records, arn) => records.clusters.isActive(arn), error: clusterNotFound },
  service: { isThere: (records, arn) => records.services.isThere(arn), error: serviceNotFound },
  task: { isThere: (records, arn) => records.tasks.isThere(arn), error: () => notFound("task") },
  "task-definition": {
    isThere: (records, arn) => records.definitions.isThere(arn),
    error: () => notFound("task definition"),
  },
  "container-instance": {
    isThere: (records, arn) => records.instances.isThere(arn),
    error: () => notFound("container instance"),
  },
};

function notFound(kind: string): ApiError {
  return new ApiError(
    ResourceNotFoundException$,
    `The specified ${kind} is not found. Specify a valid ARN and try again.`,
  );
}
