import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { ConditionKeys } from "../../../model/tag-conditions.ts";
import { newTags, resourceTags, type Tags } from "../tags.ts";
import { type EntityKind, entityArn } from "./entity.ts";
import type { FoundEntity } from "./find.ts";

/** Access to a role, user or group. `conditions` adds keys that the request sets. */
export function onEntity(
  { kind, name, entity }: FoundEntity,
  _input: unknown,
  call: Call,
  conditions: ConditionKeys = {},
): Need {
  return {
    resource: entityArn(call, kind, entity?.path ?? "/", name),
    conditions: { ...resourceTags(entity?.tags, "iam"), ...conditions },
  };
}

/** As `onEntity`, for the actions that show policies the entity's permissions boundary. */
export function onBoundedEntity(found: FoundEntity, input: unknown, call: Call, conditions: ConditionKeys = {}): Need {
  return onEntity(found, input, call, { ...boundaryKey(found.entity?.boundaryArn), ...conditions });
}

/** Access to attach a policy to an entity, or to detach one from it. */
export function onAttachment(found: FoundEntity, input: { readonly PolicyArn: string }, call: Call): Need {
  const conditions = { "iam:PolicyARN": input.PolicyArn };
  // A group has no boundary.
  return onBoundedEntity(found, input, call, conditions);
}

/** Access to put a permissions boundary on an entity: policies see the new boundary. */
export function onNewBoundary(found: FoundEntity, input: { readonly PermissionsBoundary: string }, call: Call): Need {
  return onEntity(found, input, call, boundaryKey(input.PermissionsBoundary));
}

/** Access to remove tags from an entity. */
export function onTagKeys(found: FoundEntity, input: { readonly TagKeys: string[] }, call: Call): Need {
  return onEntity(found, input, call, { "aws:TagKeys": input.TagKeys });
}

/** Access to make an entity. */
export function onNewEntity(
  call: Call,
  entity: { readonly kind: EntityKind; readonly path: string | undefined; readonly name: string },
  options: { readonly tags: Tags; readonly boundaryArn?: string | undefined },
): Need {
  return {
    resource: entityArn(call, entity.kind, entity.path ?? "/", entity.name),
    conditions: { ...newTags(options.tags, "iam"), ...boundaryKey(options.boundaryArn) },
  };
}

function boundaryKey(arn: string | undefined): ConditionKeys {
  return arn === undefined ? {} : { "iam:PermissionsBoundary": arn };
}
