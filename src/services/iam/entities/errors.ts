import { EntityAlreadyExistsException$, UnmodifiableEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { noSuch } from "../errors.ts";
import type { EntityKind } from "./entity.ts";

const titles: Readonly<Record<EntityKind, string>> = { role: "Role", user: "User", group: "Group" };

export function noSuchEntity(kind: EntityKind, name: string): ApiError {
  return noSuch(`The ${kind} with name ${name} cannot be found.`);
}

export function noSuchInlinePolicy(kind: EntityKind, policyName: string): ApiError {
  return noSuch(`The ${kind} policy with name ${policyName} cannot be found.`);
}

export function entityExists(kind: EntityKind, name: string): ApiError {
  return new ApiError(EntityAlreadyExistsException$, `${titles[kind]} with name ${name} already exists.`);
}

export function unmodifiable(name: string): ApiError {
  return new ApiError(
    UnmodifiableEntityException$,
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );
}
