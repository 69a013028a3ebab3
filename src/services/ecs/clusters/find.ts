import type { Tag } from "@aws-sdk/client-ecs";
import { clusterArn, inCluster, isOwn, type Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { clusterInactive, clusterNotFound } from "../errors.ts";
import type { Cluster } from "./cluster.ts";

/** A cluster as a request names it. */
export interface FoundCluster {
  readonly arn: string;
  /** `undefined` where the caller's account has none of that ARN in the Region; `INACTIVE` where it was deleted. */
  readonly cluster: Cluster | undefined;
}

export interface TaggedCluster extends FoundCluster {
  readonly tags: readonly Tag[];
}

/** A task, service or container instance as a request names it. */
export interface Found<Item> {
  readonly arn: string;
  /** `undefined` where the cluster has none. */
  readonly item: Item | undefined;
  readonly tags: readonly Tag[];
}

export interface FoundInCluster<Item> extends Found<Item> {
  readonly cluster: FoundCluster;
}

/** The cluster given by name or ARN; `default` unless given. */
export async function findCluster(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  reference?: string,
): Promise<FoundCluster> {
  const arn = clusterArn(scope, reference);
  return { arn, cluster: isOwn(scope, arn) ? await store.clusters.find(arn) : undefined };
}

export async function findTaggedCluster(
  context: Pick<Ecs, "store">,
  scope: Scope,
  reference?: string,
): Promise<TaggedCluster> {
  const found = await findCluster(context, scope, reference);
  return { ...found, tags: await context.store.tags.get(found.arn) };
}

/** The cluster; throws AWS's refusal where there is none or it was deleted. */
export function activeCluster({ cluster }: FoundCluster): Cluster {
  if (!cluster) throw clusterNotFound();
  if (cluster.status === "INACTIVE") throw clusterInactive();
  return cluster;
}

type Kind = Parameters<typeof inCluster>[2];

/** Things of a cluster, each once, in the order of the references. `load` reads them by their ARNs. */
export async function findAllInCluster<Item extends { readonly arn: string; readonly clusterArn: string }>(
  context: Pick<Ecs, "store">,
  scope: Scope,
  { cluster: reference, kind, references }: { cluster: string | undefined; kind: Kind; references: readonly string[] },
  load: (arns: readonly string[]) => Promise<readonly Item[]>,
): Promise<{ readonly cluster: FoundCluster; readonly all: readonly Found<Item>[] }> {
  const cluster = await findCluster(context, scope, reference);
  const arns = [...new Set(references.map((one) => inCluster(scope, cluster.arn, kind, one)))];
  const items = new Map((await load(arns)).map((item) => [item.arn, item]));
  const tags = await context.store.tags.ofAll(arns);
  const all = arns.map((arn) => {
    const item = items.get(arn);
    return { arn, item: item?.clusterArn === cluster.arn ? item : undefined, tags: tags.get(arn) ?? [] };
  });
  return { cluster, all };
}

/** As `findAllInCluster`, for one. */
export async function findInCluster<Item extends { readonly clusterArn: string }>(
  context: Pick<Ecs, "store">,
  scope: Scope,
  { cluster: reference, kind, reference: own }: { cluster: string | undefined; kind: Kind; reference: string },
  load: (arn: string) => Promise<Item | undefined>,
): Promise<FoundInCluster<Item>> {
  const cluster = await findCluster(context, scope, reference);
  const arn = inCluster(scope, cluster.arn, kind, own);
  const item = await load(arn);
  const tags = await context.store.tags.get(arn);
  return { cluster, arn, item: item?.clusterArn === cluster.arn ? item : undefined, tags };
}
