import type { Kysely } from "kysely";
import type { Tables } from "../../storage/migrations/index.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { findVersion } from "./secret-rows.ts";

/** As AWS: this many versions are kept, and all that are younger than a day. */
const keptVersions = 100;
const keptMilliseconds = 24 * 60 * 60 * 1000;

/** A version under another key; as it was, it is kept beside. */
export async function replaceVersion(
  db: Kysely<Tables>,
  arn: string,
  version: SecretVersion,
  now: Date,
): Promise<void> {
  const old = await findVersion(db, arn, version.versionId);
  if (!old) return;
  await db
    .insertInto("sm_previous_values")
    .values({
      arn,
      version_id: old.versionId,
      key_arn: old.keyArn ?? null,
      value: old.value,
      replaced_at: now.getTime(),
    })
    .execute();
  await db
    .updateTable("sm_versions")
    .set({ value: version.value, key_arn: version.keyArn ?? null })
    .where("arn", "=", arn)
    .where("version_id", "=", version.versionId)
    .execute();
}

/** Removes the oldest versions without labels. */
export async function prune(db: Kysely<Tables>, secret: Secret, now: Date): Promise<void> {
  const versions = await db
    .selectFrom("sm_versions")
    .select(["version_id", "created_at"])
    .where("arn", "=", secret.arn)
    .orderBy("created_at", "desc")
    .execute();
  const labelled = new Set(secret.stages.values());
  const outdated = versions
    .slice(keptVersions)
    .filter(({ version_id, created_at }) => !labelled.has(version_id) && created_at < now.getTime() - keptMilliseconds)
    .map(({ version_id }) => version_id);
  if (outdated.length === 0) return;
  for (const table of ["sm_previous_values", "sm_versions"] as const) {
    await db.deleteFrom(table).where("arn", "=", secret.arn).where("version_id", "in", outdated).execute();
  }
}

/** Removes a secret and its versions for good. */
export async function removeSecret(db: Kysely<Tables>, arn: string): Promise<void> {
  for (const table of ["sm_previous_values", "sm_versions", "sm_secrets"] as const) {
    await db.deleteFrom(table).where("arn", "=", arn).execute();
  }
}
