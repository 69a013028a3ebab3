import { managedAlias } from "../secrets/key-id.ts";
import { primaryRegionOf, type Secret } from "../secrets/secret.ts";
import { arnInRegion } from "./replica.ts";

/** The days on which secrets were last read, by ARN. */
type LastReads = ReadonlyMap<string, Date>;

/** The ARNs whose last reads `shownReplication` shows. */
export function replicaArns(secrets: readonly Secret[]): readonly string[] {
  return secrets.flatMap(({ arn, replicas }) => replicas.map(({ region }) => arnInRegion(arn, region)));
}

/** The members that DescribeSecret and ListSecrets share. */
export function shownReplication(secret: Secret, reads: LastReads) {
  return {
    PrimaryRegion: primaryRegionOf(secret),
    ReplicationStatus: secret.replicas.length > 0 ? shownReplicas(secret, reads) : undefined,
  };
}

/** A secret's `ReplicationStatus`. */
export function shownReplicas({ arn, replicas }: Secret, reads: LastReads) {
  return replicas.map(({ region, kmsKeyId = managedAlias, failure }) => ({
    Region: region,
    KmsKeyId: kmsKeyId,
    Status: failure === undefined ? ("InSync" as const) : ("Failed" as const),
    StatusMessage: failure ?? "Replication succeeded",
    LastAccessedDate: reads.get(arnInRegion(arn, region)),
  }));
}
