import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { fromSecret, fromVersion, ifThere, toSecret } from "../secrets/rows.ts";
import type { Secret, SecretVersion } from "../secrets/secret.ts";
import { prune, removeSecret } from "../secrets/stored-versions.ts";
import type { Writing } from "../secrets/version-events.ts";
import { arnInRegion, type Replica } from "./replica.ts";

/** The versions that one replica gets, encrypted for it. */
export interface ReplicaCopy {
  /** With `failure` if they could not be encrypted. */
  readonly replica: Replica;
  readonly versions: readonly SecretVersion[];
}

/** The part of a change that concerns replicas. */
export interface Replication {
  /** New versions for the replicas that follow their primary. */
  readonly copies?: readonly ReplicaCopy[] | undefined;
  /** Replicas to make, or to make anew, with all their versions. */
  readonly placed?: readonly ReplicaCopy[] | undefined;
  /** Lets `placed` take the place of other secrets of that name. */
  readonly overwrites?: boolean | undefined;
}

/** Carries a change of `primary` to its replicas; gives the replicas as they are then. */
export async function replicate(
  writing: Writing,
  primary: Secret,
  { copies = [], placed = [], overwrites = false }: Replication,
): Promise<Replica[]> {
  const replicas: Replica[] = [];
  for (const replica of primary.replicas) {
    const place = placed.find((copy) => copy.replica.region === replica.region);
    const copy = copies.find((candidate) => candidate.replica.region === replica.region);
    if (place) replicas.push(await placeReplica(writing, primary, place, overwrites));
    else if (replica.failure !== undefined) replicas.push(replica);
    else replicas.push(await follow(writing, primary, replica, copy));
  }
  return replicas;
}

/** Brings a replica up to date with its primary. */
async function follow(
  writing: Writing,
  primary: Secret,
  replica: Replica,
  copy: ReplicaCopy | undefined,
): Promise<Replica> {
  const { db, now } = writing;
  if (copy?.replica.failure !== undefined) return copy.replica;
  const arn = arnInRegion(primary.arn, replica.region);
  const row = await db.selectFrom("sm_secrets").selectAll().where("arn", "=", arn).executeTakeFirst();
  if (!row) return { ...replica, failure: "Replication failed: the replica secret was not found." };
  for (const version of copy?.versions ?? []) {
    await db.insertInto("sm_versions").values(fromVersion(arn, version)).execute();
  }
  const missing = await missingVersion(db, primary, arn);
  if (missing !== undefined) {
    const failure = `Replication failed: version ${missing} is not in region ${replica.region}.`;
    return { ...replica, failure };
  }
  const changed = { ...toSecret(row), ...shared(primary), changedAt: now };
  await db.updateTable("sm_secrets").set(fromSecret(changed)).where("arn", "=", arn).execute();
  await prune(writing, changed);
  return replica;
}

/** A labelled version that the primary has and the replica lacks. */
async function missingVersion(db: Kysely<Tables>, primary: Secret, arn: string): Promise<string | undefined> {
  const labelled = [...new Set(primary.stages.values())];
  if (labelled.length === 0) return undefined;
  const rows = await db
    .selectFrom("sm_versions")
    .select(["arn", "version_id"])
    .where("arn", "in", [primary.arn, arn])
    .where("version_id", "in", labelled)
    .execute();
  const there = new Set(rows.filter((row) => row.arn === arn).map(({ version_id }) => version_id));
  return rows.find((row) => row.arn === primary.arn && !there.has(row.version_id))?.version_id;
}

/** Makes a replica, or makes it anew. Another secret of that name stays, unless `overwrites`. */
async function placeReplica(
  writing: Writing,
  primary: Secret,
  { replica, versions }: ReplicaCopy,
  overwrites: boolean,
): Promise<Replica> {
  const { db, now } = writing;
  if (replica.failure !== undefined) return replica;
  const { account, name } = primary;
  const { region, kmsKeyId } = replica;
  const arn = arnInRegion(primary.arn, region);
  const row = await db
    .selectFrom("sm_secrets")
    .selectAll()
    .where("account", "=", account)
    .where("region", "=", region)
    .where("name", "=", name)
    .executeTakeFirst();
  const there = ifThere(row, now);
  const earlier = there?.arn === arn && there.primaryRegion === primary.region ? there : undefined;
  const obstacle = there && !earlier ? obstacleIn(there, overwrites) : undefined;
  if (obstacle !== undefined) return { ...replica, failure: `Replication failed: ${obstacle}` };
  const kept = earlier ? versions.map(({ versionId }) => versionId) : [];
  if (row) await removeSecret(writing, row.arn, kept);
  const secret: Secret = {
    arn,
    account,
    region,
    name,
    kmsKeyId,
    ...shared(primary),
    createdAt: earlier?.createdAt ?? now,
    changedAt: now,
    accessedOn: earlier?.accessedOn,
    deletesAt: undefined,
    primaryRegion: primary.region,
    replicas: [],
  };
  await db.insertInto("sm_secrets").values(fromSecret(secret)).execute();
  for (const version of versions) await db.insertInto("sm_versions").values(fromVersion(arn, version)).execute();
  return replica;
}

function obstacleIn({ name, region, primaryRegion, replicas }: Secret, overwrites: boolean): string | undefined {
  // Other replicas of this secret would be left without it.
  if (primaryRegion !== undefined)
    return `Secret name ${name} is currently replicated to ${region} with a different arn.`;
  if (replicas.length > 0) return `Secret name ${name} in region ${region} still has replica regions.`;
  return overwrites ? undefined : `Secret name ${name} already exists in region ${region}.`;
}

/** The members that a replica takes from its primary. The KMS key and the dates are its own. */
function shared({ description, tags, resourcePolicy, stages }: Secret) {
  return { description, tags, resourcePolicy, stages };
}

/** Corrects the primary's list of replicas after a replica was promoted or got another key. */
export async function updatePrimary(db: Kysely<Tables>, before: Secret, after: Secret): Promise<void> {
  if (before.primaryRegion === undefined) return;
  const isPromoted = after.primaryRegion === undefined;
  if (!isPromoted && before.kmsKeyId === after.kmsKeyId) return;
  const arn = arnInRegion(before.arn, before.primaryRegion);
  const row = await db.selectFrom("sm_secrets").selectAll().where("arn", "=", arn).executeTakeFirst();
  if (!row) return;
  const primary = toSecret(row);
  const replicas = primary.replicas.flatMap((replica) => {
    if (replica.region !== before.region) return [replica];
    return isPromoted ? [] : [{ ...replica, kmsKeyId: after.kmsKeyId }];
  });
  await db
    .updateTable("sm_secrets")
    .set({ replicas: fromSecret({ ...primary, replicas }).replicas })
    .where("arn", "=", arn)
    .execute();
}

/** Deletes the replicas that a change takes off a secret's list. */
export async function removeReplicas(writing: Writing, before: Secret, after: Secret): Promise<void> {
  const { db } = writing;
  const kept = new Set(after.replicas.map(({ region }) => region));
  for (const { region } of before.replicas) {
    if (kept.has(region)) continue;
    const arn = arnInRegion(before.arn, region);
    const row = await db.selectFrom("sm_secrets").select("primary_region").where("arn", "=", arn).executeTakeFirst();
    // If replication failed, another secret may be there.
    if (row?.primary_region === before.region) await removeSecret(writing, arn);
  }
}
