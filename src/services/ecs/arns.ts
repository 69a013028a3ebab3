import { parseArn, regionalArn } from "../../arn.ts";
import { invalidParameter } from "./errors.ts";

/** Account, region and partition of a resource; any `Call` will do. */
export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** The ARN of a cluster given by name or ARN; the default cluster's where it is left out. */
export function clusterArn(scope: Scope, cluster = "default"): string {
  if (!cluster.startsWith("arn:")) return regionalArn(scope, "ecs", `cluster/${cluster}`);
  refuseOtherRegion(scope, cluster);
  return cluster;
}

/** Throws AWS's refusal of an ARN of ECS in another Region than the one that is asked. */
export function refuseOtherRegion(scope: Scope, arn: string): void {
  const parsed = parseArn(arn);
  if (parsed?.service === "ecs" && parsed.partition === scope.partition && parsed.region !== scope.region) {
    throw invalidParameter("Invalid Region in ARN");
  }
}

const kinds = { task: "Task", service: "Service", "container-instance": "Container instance" } as const;

/**
 * The ARN of a cluster's task, service or container instance given by id or ARN, the short form of ARN included. Throws AWS's
 * refusal of an ARN of anything else, of another Region, or of another cluster.
 */
export function inCluster(scope: Scope, cluster: string, kind: keyof typeof kinds, reference: string): string {
  if (!reference.startsWith("arn:")) return regionalArn(scope, "ecs", `${kind}/${lastPart(cluster)}/${reference}`);
  refuseOtherRegion(scope, reference);
  const { service, partition, account, resource = "" } = parseArn(reference) ?? {};
  const [, own, id] = /^[a-z-]+\/(?:([^/]+)\/)?([^/]+)$/.exec(resource) ?? [];
  if (service !== "ecs" || partition !== scope.partition || !resource.startsWith(`${kind}/`) || id === undefined) {
    throw invalidParameter(`${kinds[kind]} Identifier is invalid`);
  }
  if (account !== scope.account) return reference;
  if (own !== undefined && own !== lastPart(cluster)) {
    throw invalidParameter(
      `Invalid identifier: Identifier is for cluster ${own}. Your cluster is ${lastPart(cluster)}`,
    );
  }
  return regionalArn(scope, "ecs", `${kind}/${lastPart(cluster)}/${id}`);
}

/** The scope that an ARN itself names. */
export function scopeOf(arn: string): Scope {
  const { account = "", region = "", partition = "" } = parseArn(arn) ?? {};
  return { account, region, partition };
}

export function isOwn(scope: Scope, arn: string): boolean {
  const parsed = parseArn(arn);
  const { account, region, partition, service } = parsed ?? {};
  return service === "ecs" && account === scope.account && region === scope.region && partition === scope.partition;
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
