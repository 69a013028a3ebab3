import { ResourceNotFoundException$ } from "@aws-sdk/client-ecs";
import { parseArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import { isOwn, type Scope } from "../arns.ts";
import { clusterNotFound, invalidParameter, serviceNotFound } from "../errors.ts";
import type { Records } from "../store.ts";

/** Throws what AWS answers where `arn` names nothing that can have tags. */
export async function checkTaggable(records: Records, scope: Scope, arn: string): Promise<void> {
  const parsed = parseArn(arn);
  if (parsed?.service !== "ecs") throw invalidParameter("Invalid resource ARN.");
  const kind = parsed.resource.split("/")[0];
  const own = isOwn(scope, arn);
  switch (kind) {
    case "cluster":
      if (!own || (await records.clusters.find(arn))?.status !== "ACTIVE") throw clusterNotFound();
      return;
    case "service":
      if (!own || ((await records.services.find(arn))?.status ?? "INACTIVE") === "INACTIVE") throw serviceNotFound();
      return;
    case "task":
      if (!own || !(await records.tasks.find(arn))) throw notFound("task");
      return;
    case "task-definition":
      if (!own || !(await records.definitions.get(arn))) throw notFound("task definition");
      return;
    case "container-instance":
      if (!own || !(await records.instances.find(arn))) throw notFound("container instance");
      return;
    default:
      throw invalidParameter("Invalid resource ARN.");
  }
}

function notFound(kind: string): ApiError {
  return new ApiError(
    ResourceNotFoundException$,
    `The specified ${kind} is not found. Specify a valid ARN and try again.`,
  );
}
