import type { Tag } from "@aws-sdk/client-ecs";
import { parseArn, regionalArn } from "../../arn.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Access, Call } from "../../model/call.ts";
import { clusterArn, inCluster, lastPart, type Scope } from "./arns.ts";
import type { Ecs } from "./context.ts";
import type { TaskDefinition } from "./model.ts";

/** The condition key by which policies name the cluster. */
export function inClusterCondition(scope: Scope, cluster: string | undefined) {
  return { "ecs:cluster": clusterArn(scope, cluster) };
}

/** What an operation on a cluster needs. */
export function onCluster(action: string) {
  return async (input: { readonly cluster?: string }, call: Call, context: Ecs): Promise<Access> => {
    const resource = clusterArn(call, input.cluster);
    return { action, resource, conditions: await resourceTags(context, resource) };
  };
}

/** What an operation needs on a task, a service or a container instance of a cluster. */
export async function accessInCluster(
  action: string,
  cluster: string | undefined,
  kind: "task" | "service" | "container-instance",
  reference: string,
  call: Call,
  context: Ecs,
): Promise<Access> {
  const resource = inCluster(call, clusterArn(call, cluster), kind, reference);
  const conditions = { ...inClusterCondition(call, cluster), ...(await resourceTags(context, resource)) };
  return { action, resource, conditions };
}

/** What policies on starting tasks name: the revision, or what was asked for where there is none. */
export function definitionResource(scope: Scope, reference: string, definition: TaskDefinition | undefined): string {
  return (
    definition?.arn ??
    (reference.startsWith("arn:") ? reference : regionalArn(scope, "ecs", `task-definition/${reference}`))
  );
}

/** The service that a role is given to, and what of its own the role will be for. */
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
): Access[] {
  return [...new Set(roles)].flatMap((role) => {
    if (!role) return [];
    const arn = parseArn(role);
    if (arn && (arn.account !== scope.account || arn.partition !== scope.partition)) {
      throw new ApiError({ code: "AccessDeniedException", status: 400 }, "Cross-account pass role is not allowed.");
    }
    const conditions = { "iam:PassedToService": to, "iam:AssociatedResourceArn": associatedResource };
    return { action: "iam:PassRole", resource: role, conditions };
  });
}

/**
 * `ecs:TagResource` for what a request makes with tags.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
 */
export function tagOnCreate(createAction: string, resource: string, tags: readonly Partial<Tag>[] = []): Access[] {
  return tags.length === 0 ? [] : [tagsOnCreate(createAction, resource, tags)];
}

/** As `tagOnCreate` for what gets tags whether the request brings any or not. */
export function tagsOnCreate(createAction: string, resource: string, tags: readonly Partial<Tag>[] = []): Access {
  const conditions = { "ecs:CreateAction": createAction, ...newTags(tags) };
  return { action: "ecs:TagResource", resource, conditions };
}

/** Condition keys of tags that a request brings. */
export function requestTags(tags: readonly Partial<Tag>[] | undefined): Record<string, string | readonly string[]> {
  if (!tags?.length) return {};
  const conditions: Record<string, string | readonly string[]> = { "aws:TagKeys": tags.map(({ key }) => key ?? "") };
  for (const { key, value } of tags) conditions[`aws:RequestTag/${key}`] = value ?? "";
  return conditions;
}

/** Condition keys of tags that a request makes a resource with: policies find them under both. */
export function newTags(tags: readonly Partial<Tag>[] | undefined): Record<string, string | readonly string[]> {
  return { ...requestTags(tags), ...tagConditions(tags ?? []) };
}

/** Condition keys of the tags that a resource has. */
export async function resourceTags({ store }: Pick<Ecs, "store">, arn: string): Promise<Record<string, string>> {
  return tagConditions(await store.tags.get(arn));
}

/** The ARN of anything of that kind in a cluster. */
export function anyInCluster(scope: Scope, cluster: string | undefined, kind: "task" | "container-instance"): string {
  return regionalArn(scope, "ecs", `${kind}/${lastPart(clusterArn(scope, cluster))}/*`);
}

/** Condition keys of a resource's tags. */
export function tagConditions(tags: readonly Partial<Tag>[]): Record<string, string> {
  return Object.fromEntries(
    tags.flatMap(({ key, value = "" }) => [
      [`aws:ResourceTag/${key}`, value],
      [`ecs:ResourceTag/${key}`, value],
    ]),
  );
}
