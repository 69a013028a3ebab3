import { type Kysely, type Selectable, sql } from "kysely";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { readReplicas, writtenReplicas } from "../replication/replica.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { current } from "./stages.ts";

type SecretRow = Selectable<Tables["sm_secrets"]>;
type VersionRow = Selectable<Tables["sm_versions"]>;
type ReadRow = SecretRow & { readonly rotation_function_arn?: string | null };

/** The ARN of the function that rotates `secret`. In the query of the secret: every policy may ask, and few secrets have one. */
export const rotationFunction = sql<
  string | null
>`(select function_arn from sm_rotations where sm_rotations.arn = secret.arn)`.as("rotation_function_arn");

export function toSecret(row: ReadRow): Secret {
  const secret: Secret = {
    arn: row.arn,
    account: row.account,
    region: row.region,
    name: row.name,
    description: row.description === null ? undefined : Buffer.from(row.description).toString(),
    kmsKeyId: row.kms_key_id ?? undefined,
    tags: row.tags === null ? undefined : readTags(row.tags),
    resourcePolicy: row.resource_policy ?? undefined,
    stages: new Map(JSON.parse(row.stages) as [string, string][]),
    createdAt: new Date(row.created_at),
    changedAt: new Date(row.changed_at),
    accessedOn: toDay(row.accessed_on),
    deletesAt: row.deletes_at === null ? undefined : new Date(row.deletes_at),
    primaryRegion: row.primary_region ?? undefined,
    replicas: readReplicas(row.replicas),
  };
  return row.rotation_function_arn ? { ...secret, rotationFunctionArn: row.rotation_function_arn } : secret;
}

export function fromSecret(secret: Secret): SecretRow {
  return {
    arn: secret.arn,
    account: secret.account,
    region: secret.region,
    name: secret.name,
    description: secret.description === undefined ? null : Buffer.from(secret.description),
    kms_key_id: secret.kmsKeyId ?? null,
    tags: secret.tags === undefined ? null : JSON.stringify(secret.tags.map(({ key, value }) => [key, value])),
    resource_policy: secret.resourcePolicy ?? null,
    stages: JSON.stringify([...secret.stages]),
    current_version_id: secret.stages.get(current) ?? null,
    created_at: secret.createdAt.getTime(),
    changed_at: secret.changedAt.getTime(),
    accessed_on: secret.accessedOn?.getTime() ?? 0,
    deletes_at: secret.deletesAt?.getTime() ?? null,
    primary_region: secret.primaryRegion ?? null,
    replicas: writtenReplicas(secret.replicas),
  };
}

/** The secret of a row; `undefined` if there is no row, or if the secret's recovery window is over. */
export function ifThere(row: ReadRow | undefined, now: Date): Secret | undefined {
  const secret = row && toSecret(row);
  return secret && !isGone(secret, now) ? secret : undefined;
}

/** True once the recovery window is over. */
export function isGone({ deletesAt }: Secret, now: Date): boolean {
  return deletesAt !== undefined && deletesAt <= now;
}

export function toVersion(row: Omit<VersionRow, "arn">): SecretVersion {
  return {
    versionId: row.version_id,
    kind: row.kind,
    value: row.value,
    keyArn: row.key_arn ?? undefined,
    createdAt: new Date(row.created_at),
    accessedOn: toDay(row.accessed_on),
  };
}

export function fromVersion(arn: string, version: SecretVersion): VersionRow {
  return {
    arn,
    version_id: version.versionId,
    kind: version.kind,
    value: version.value,
    key_arn: version.keyArn ?? null,
    created_at: version.createdAt.getTime(),
    accessed_on: version.accessedOn?.getTime() ?? 0,
  };
}

function readTags(json: string): Tag[] {
  return (JSON.parse(json) as [string, string][]).map(([key, value]) => ({ key, value }));
}

function toDay(time: number): Date | undefined {
  return time === 0 ? undefined : new Date(time);
}

/** One version of a secret, read through `db`: the database itself or a transaction. */
export async function findVersion(
  db: Kysely<Tables>,
  arn: string,
  versionId: string,
): Promise<SecretVersion | undefined> {
  const row = await db
    .selectFrom("sm_versions")
    .selectAll()
    .where("arn", "=", arn)
    .where("version_id", "=", versionId)
    .executeTakeFirst();
  return row && toVersion(row);
}
