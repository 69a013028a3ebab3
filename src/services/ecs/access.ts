import type { Tag } from "@aws-sdk/client-ecs";
import { ApiError } from "../../aws/api-error.ts";
import { parseArn, regionalArn } from "../../aws/arn.ts";
import type { Access } from "../../aws/call.ts";
import { clusterArn, type Scope } from "./arns.ts";
import type { Ecs } from "./context.ts";
import type { TaskDefinition } from "./model.ts";

/** The condition key by which policies name the cluster. */
export function inClusterCondition(scope: Scope, cluster: string | undefined) {
  return { "ecs:cluster": clusterArn(scope, cluster) };
}

/** What policies on starting tasks name: the revision, or what was asked for where there is none. */
export function definitionResource(scope: Scope, reference: string, definition: TaskDefinition | undefined): string {
  return (
    definition?.arn ??
    (reference.startsWith("arn:") ? reference : regionalArn(scope, "ecs", `task-definition/${reference}`))
  );
}

/**
 * `iam:PassRole` for each role that is given to tasks. Throws AWS's refusal of a role of another account, or of another
 * partition: policies do not know ours by that ARN.
 */
export function passRoles(scope: Scope, ...roles: readonly (string | undefined)[]): Access[] {
  return [...new Set(roles)].flatMap((role) => {
    if (!role) return [];
    const arn = parseArn(role);
    if (arn && (arn.account !== scope.account || arn.partition !== scope.partition)) {
      throw new ApiError({ code: "AccessDeniedException", status: 400 }, "Cross-account pass role is not allowed.");
    }
    return { action: "iam:PassRole", resource: role, conditions: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
  });
}

/** Condition keys of tags that a request brings. */
export function requestTags(tags: readonly Partial<Tag>[] | undefined): Record<string, string | readonly string[]> {
  if (!tags?.length) return {};
  const conditions: Record<string, string | readonly string[]> = { "aws:TagKeys": tags.map(({ key }) => key ?? "") };
  for (const { key, value } of tags) conditions[`aws:RequestTag/${key}`] = value ?? "";
  return conditions;
}

/** Condition keys of the tags that a resource has. */
export async function resourceTags({ store }: Pick<Ecs, "store">, arn: string): Promise<Record<string, string>> {
  const tags = await store.tags.get(arn);
  return Object.fromEntries(
    tags.flatMap(({ key, value = "" }) => [
      [`aws:ResourceTag/${key}`, value],
      [`ecs:ResourceTag/${key}`, value],
    ]),
  );
}
