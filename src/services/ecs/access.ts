import type { Tag } from "@aws-sdk/client-ecs";
import { parseArn, regionalArn } from "../../arn.ts";
import { accessDeniedException } from "../../model/common-errors.ts";
import type { Need } from "../../model/operation.ts";
import { type ConditionKeys, newTagKeys, requestTagKeys, resourceTagKeys } from "../../model/tag-conditions.ts";
import { lastPart, type Scope } from "./arns.ts";
import { plainTags } from "./tags/tags.ts";

/** The service that gets a role, and the resource that the role is for. */
export interface Passed {
  readonly to: "ecs-tasks.amazonaws.com" | "ecs.amazonaws.com";
  readonly associatedResource: string;
}

/**
 * `iam:PassRole` for each role that is given to tasks or services. Throws AWS's refusal of a role of another account, or of
 * another partition: policies do not know ours by that ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passRoles(
  scope: Scope,
  { to, associatedResource }: Passed,
  ...roles: readonly (string | undefined)[]
): Need[] {
  return [...new Set(roles)].flatMap((role) => {
    if (!role) return [];
    const arn = parseArn(role);
    if (arn && (arn.account !== scope.account || arn.partition !== scope.partition)) {
      throw accessDeniedException("Cross-account pass role is not allowed.");
    }
    const conditions = { "iam:PassedToService": to, "iam:AssociatedResourceArn": associatedResource };
    return { action: "iam:PassRole", resource: role, conditions };
  });
}

/**
 * `ecs:TagResource`, where a request makes something with tags.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
 */
export function tagOnCreate(createAction: string, resource: string, tags: readonly Partial<Tag>[] = []): Need[] {
  return tags.length === 0 ? [] : [tagsOnCreate(createAction, resource, tags)];
}

/** As `tagOnCreate`, for a resource that gets tags whether or not the request brings any. */
export function tagsOnCreate(createAction: string, resource: string, tags: readonly Partial<Tag>[] = []): Need {
  const conditions = { "ecs:CreateAction": createAction, ...newTags(tags) };
  return { action: "ecs:TagResource", resource, conditions };
}

/** Condition keys of the tags that a request brings. */
export function requestTags(tags: readonly Partial<Tag>[] = []): ConditionKeys {
  return requestTagKeys(plainTags(tags));
}

/** Condition keys of the tags that a request makes a resource with. */
export function newTags(tags: readonly Partial<Tag>[] = []): ConditionKeys {
  return newTagKeys(plainTags(tags), "ecs");
}

/** Condition keys of the tags that a resource has. */
export function resourceTags(tags: readonly Partial<Tag>[]): ConditionKeys {
  return resourceTagKeys(plainTags(tags), "ecs");
}

/** The ARN of anything of that kind in a cluster. */
export function anyInCluster(scope: Scope, clusterArn: string, kind: "task" | "container-instance"): string {
  return regionalArn(scope, "ecs", `${kind}/${lastPart(clusterArn)}/*`);
}
