import type { Secrets } from "../secrets/records.ts";
import { managedAlias, type Secret } from "../secrets/secret.ts";
import { arnInRegion, primaryRegionOf } from "./replica.ts";

/** How `ReplicationStatus` and `PrimaryRegion` show some secrets; one query for all of them. */
export async function replicationOf(store: Pick<Secrets, "lastReads">, secrets: readonly Secret[]) {
  const arns = secrets.flatMap(({ arn, replicas }) => replicas.map(({ region }) => arnInRegion(arn, region)));
  const reads = await store.lastReads(arns);
  return (secret: Secret) => ({
    PrimaryRegion: primaryRegionOf(secret),
    ReplicationStatus: secret.replicas.length > 0 ? shownReplicas(secret, reads) : undefined,
  });
}

/** `ReplicationStatus` of one secret, empty where it has no replicas. */
export async function replicationStatus(store: Pick<Secrets, "lastReads">, secret: Secret) {
  return (await replicationOf(store, [secret]))(secret).ReplicationStatus ?? [];
}

function shownReplicas({ arn, replicas }: Secret, reads: ReadonlyMap<string, Date>) {
  return replicas.map(({ region, kmsKeyId = managedAlias, failure }) => ({
    Region: region,
    KmsKeyId: kmsKeyId,
    Status: failure === undefined ? ("InSync" as const) : ("Failed" as const),
    StatusMessage: failure ?? "Replication succeeded",
    LastAccessedDate: reads.get(arnInRegion(arn, region)),
  }));
}
