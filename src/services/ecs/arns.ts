import { parseArn, regionalArn } from "../../arn.ts";

/** Account, region and partition of a resource; any `Call` will do. */
export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** The ARN of a cluster given by name or ARN; the default cluster's where it is left out. */
export function clusterArn(scope: Scope, cluster = "default"): string {
  return cluster.startsWith("arn:") ? cluster : regionalArn(scope, "ecs", `cluster/${cluster}`);
}

/** The ARN of a cluster's task, service or container instance given by id or ARN, the short form of ARN included. */
export function inCluster(
  scope: Scope,
  cluster: string,
  kind: "task" | "service" | "container-instance",
  reference: string,
): string {
  const id = reference.startsWith("arn:") ? parseArn(reference)?.resource.slice(kind.length + 1) : reference;
  if (id?.includes("/")) return reference;
  return regionalArn(scope, "ecs", `${kind}/${lastPart(cluster)}/${id}`);
}

/** The scope that an ARN itself names. */
export function scopeOf(arn: string): Scope {
  const { account = "", region = "", partition = "" } = parseArn(arn) ?? {};
  return { account, region, partition };
}

export function isOwn(scope: Scope, arn: string): boolean {
  const parsed = parseArn(arn);
  return parsed?.account === scope.account && parsed.region === scope.region;
}

/** A resource's id or name: what follows the last slash of its ARN. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

export function taskDefinitionArn(scope: Scope, family: string, revision: number | "*"): string {
  return regionalArn(scope, "ecs", `task-definition/${family}:${revision}`);
}

/** Family and revision of `family`, `family:revision` or an ARN of one; `undefined` for anything else. */
export function parseTaskDefinition(
  scope: Scope,
  reference: string,
): { readonly family: string; readonly revision: number | undefined } | undefined {
  if (reference.startsWith("arn:") && !isOwn(scope, reference)) return undefined;
  const resource = reference.startsWith("arn:") ? parseArn(reference)?.resource : `task-definition/${reference}`;
  const [, family, revision] = /^task-definition\/([A-Za-z0-9_-]{1,255})(?::(\d{1,9}))?$/.exec(resource ?? "") ?? [];
  if (family === undefined) return undefined;
  return { family, revision: revision === undefined ? undefined : Number(revision) };
}
