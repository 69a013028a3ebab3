import { ResourceNotFoundException$ } from "@aws-sdk/client-ecs";
import { parseArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import { isOwn, type Scope } from "../arns.ts";
import { clusterNotFound, invalidParameter, serviceNotFound } from "../errors.ts";
import type { Records } from "../store.ts";

/** AWS's refusal where `arn` names nothing that can have tags. */
export async function untaggable(records: Records, scope: Scope, arn: string): Promise<ApiError | undefined> {
  const parsed = parseArn(arn);
  const kind = parsed?.service === "ecs" ? kinds.get(parsed.resource.split("/")[0] ?? "") : undefined;
  if (!kind) return invalidParameter("Invalid resource ARN.");
  return isOwn(scope, arn) && (await kind.isThere(records, arn)) ? undefined : kind.missing();
}

interface Kind {
  isThere(records: Records, arn: string): Promise<boolean>;
  missing(): ApiError;
}

/** By the first part of an ARN's resource. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ["cluster", { isThere: ({ clusters }, arn) => clusters.isActive(arn), missing: clusterNotFound }],
  ["service", { isThere: ({ services }, arn) => services.isThere(arn), missing: serviceNotFound }],
  ["task", { isThere: ({ tasks }, arn) => tasks.isThere(arn), missing: () => notFound("task") }],
  [
    "task-definition",
    { isThere: ({ definitions }, arn) => definitions.isThere(arn), missing: () => notFound("task definition") },
  ],
  [
    "capacity-provider",
    {
      isThere: ({ capacityProviders }, arn) => capacityProviders.isActive(arn),
      missing: () => notFound("capacity provider"),
    },
  ],
  [
    "container-instance",
    { isThere: ({ instances }, arn) => instances.isThere(arn), missing: () => notFound("container instance") },
  ],
]);

function notFound(kind: string): ApiError {
  return new ApiError(
    ResourceNotFoundException$,
    `The specified ${kind} is not found. Specify a valid ARN and try again.`,
  );
}
