import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { findVersion } from "./rows.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { recordVersions, type Writing } from "./version-events.ts";

/** As AWS: this many versions are kept, and all that are younger than a day. */
const keptVersions = 100;
const keptMilliseconds = 24 * 60 * 60 * 1000;

/** Stores a version under another key. Its former ciphertext is kept beside it. */
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
export async function prune(writing: Writing, secret: Secret): Promise<void> {
  const { db, now } = writing;
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
  await recordVersions(writing, "SecretVersionDeletion", secret.arn, outdated);
}

/** Removes a secret and its versions for good. Versions in `kept` get no event: the caller writes them anew. */
export async function removeSecret(writing: Writing, arn: string, kept: readonly string[] = []): Promise<void> {
  const { db } = writing;
  const secret = await db.selectFrom("sm_secrets").select("deletes_at").where("arn", "=", arn).executeTakeFirst();
  const versionIds = (await versionIdsOf(db, arn)).filter((id) => !kept.includes(id));
  for (const table of ["sm_previous_values", "sm_versions", "sm_rotations", "sm_secrets"] as const) {
    await db.deleteFrom(table).where("arn", "=", arn).execute();
  }
  // Otherwise its deletion began when it was marked for it.
  if (secret?.deletes_at === null) await recordVersions(writing, "StartSecretVersionDelete", arn, versionIds);
  await recordVersions(writing, "EndSecretVersionDelete", arn, versionIds);
}

/** Records an event for each version if a change marks its secret for deletion, or restores it. */
export async function recordMark(writing: Writing, before: Secret, after: Secret): Promise<void> {
  const [was, is] = [before, after].map(({ deletesAt }) => deletesAt !== undefined);
  if (was === is) return;
  const name = is ? "StartSecretVersionDelete" : "CancelSecretVersionDelete";
  await recordVersions(writing, name, after.arn, await versionIdsOf(writing.db, after.arn));
}

/** The oldest first. */
async function versionIdsOf(db: Kysely<Tables>, arn: string): Promise<string[]> {
  const rows = await db
    .selectFrom("sm_versions")
    .select("version_id")
    .where("arn", "=", arn)
    .orderBy("created_at")
    .orderBy("version_id")
    .execute();
  return rows.map(({ version_id }) => version_id);
}
