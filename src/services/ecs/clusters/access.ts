import type { ClusterConfiguration } from "@aws-sdk/client-ecs";
import type { Need } from "../../../model/operation.ts";
import type { ConditionKeys } from "../../../model/tag-conditions.ts";
import { resourceTags } from "../access.ts";
import type { Found, FoundCluster, FoundInCluster, TaggedCluster } from "./find.ts";

/** The condition key by which policies name the cluster. */
export function inClusterCondition({ arn }: FoundCluster): ConditionKeys {
  return { "ecs:cluster": arn };
}

/** The need of an operation on a cluster. */
export function clusterNeed({ arn, tags }: TaggedCluster): Need {
  return { resource: arn, conditions: resourceTags(tags) };
}

/** The need of an operation on a task, a service or a container instance of a cluster. */
export function inClusterNeed<Item>({ cluster, arn, tags }: FoundInCluster<Item>): Need {
  return { resource: arn, conditions: { ...inClusterCondition(cluster), ...resourceTags(tags) } };
}

/** The needs of an operation on several. */
export function inClusterNeeds<Item>({
  cluster,
  all,
}: {
  readonly cluster: FoundCluster;
  readonly all: readonly Found<Item>[];
}): readonly Need[] {
  return all.map((found) => inClusterNeed({ ...found, cluster }));
}

/** The condition key of the KMS key that a cluster's configuration names for the disks of FARGATE tasks. */
export function ephemeralStorageKey(configuration: ClusterConfiguration | undefined): ConditionKeys {
  const keyId = configuration?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId;
  return keyId === undefined ? {} : { "ecs:fargate-ephemeral-storage-kms-key": keyId };
}
