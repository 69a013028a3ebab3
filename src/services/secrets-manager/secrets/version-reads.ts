import type { Database } from "../../../storage/database.ts";
import { findVersion } from "./rows.ts";

/** A version as ListSecretVersionIds shows it. */
export interface VersionSummary {
  readonly versionId: string;
  /** Every key under which it is kept, the newest first; `undefined` for `aws/secretsmanager`. */
  readonly keyArns: readonly (string | undefined)[];
  readonly createdAt: Date;
  readonly accessedOn: Date | undefined;
}

/** The SQL that reads versions of a secret, by the secret's ARN. */
export function versionReads({ db }: Pick<Database, "db">) {
  return {
    find: (arn: string, versionId: string) => findVersion(db, arn, versionId),

    /** Every version, the oldest first. */
    async list(arn: string): Promise<VersionSummary[]> {
      const rows = await db
        .selectFrom("sm_versions")
        .select(["version_id", "key_arn", "created_at", "accessed_on"])
        .where("arn", "=", arn)
        .orderBy("created_at")
        .orderBy("version_id")
        .execute();
      const previous = await db
        .selectFrom("sm_previous_values")
        .select(["version_id", "key_arn"])
        .where("arn", "=", arn)
        .orderBy("replaced_at", "desc")
        .execute();
      return rows.map((row) => ({
        versionId: row.version_id,
        keyArns: [row, ...previous.filter(({ version_id }) => version_id === row.version_id)].map(
          ({ key_arn }) => key_arn ?? undefined,
        ),
        createdAt: new Date(row.created_at),
        accessedOn: row.accessed_on === 0 ? undefined : new Date(row.accessed_on),
      }));
    },

    /** Ciphertexts of a version under the keys that the secret had before, the newest first. */
    async previousValues(arn: string, versionId: string): Promise<Uint8Array[]> {
      const rows = await db
        .selectFrom("sm_previous_values")
        .select("value")
        .where("arn", "=", arn)
        .where("version_id", "=", versionId)
        .orderBy("replaced_at", "desc")
        .execute();
      return rows.map(({ value }) => value);
    },
  };
}
