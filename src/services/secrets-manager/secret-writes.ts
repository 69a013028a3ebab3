import type { Kysely } from "kysely";
import type { Database } from "../../storage/database.ts";
import { inGroups } from "../../storage/in-groups.ts";
import { turns } from "../../storage/in-turn.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { ifThere } from "./secret-reads.ts";
import { findVersion, fromSecret, fromVersion } from "./secret-rows.ts";

/** What is to become of a secret; without `secret` nothing is written. */
export interface Change<Answer> {
  readonly answer: Answer;
  readonly secret?: Secret;
  readonly add?: SecretVersion | undefined;
  /** Versions under another key than before, whose old ciphertexts are kept beside them. */
  readonly reencrypted?: readonly SecretVersion[];
}

export interface ChangeOptions {
  readonly now: Date;
  /** A version to be shown to `decide`. */
  readonly versionId?: string | undefined;
}

/** As AWS: this many versions are kept, and all that are younger than a day. */
const keptVersions = 100;
const keptMilliseconds = 24 * 60 * 60 * 1000;

/** The SQL that changes secrets. */
export function secretWrites({ transaction }: Pick<Database, "transaction">) {
  const inTurn = turns();
  const touch = inGroups<Reading>((readings) =>
    transaction(async (db) => {
      for (const reading of readings) await noteReading(db, reading);
    }),
  );
  return {
    /** Stores a new secret; answers the one that has its name already, if there is one. */
    create(secret: Secret, version: SecretVersion | undefined): Promise<Secret | undefined> {
      const work = async (db: Kysely<Tables>) => {
        const row = await db
          .selectFrom("sm_secrets")
          .selectAll()
          .where("account", "=", secret.account)
          .where("region", "=", secret.region)
          .where("name", "=", secret.name)
          .executeTakeFirst();
        const existing = ifThere(row, secret.createdAt);
        if (existing) return existing;
        if (row) await remove(db, row.arn);
        await db.insertInto("sm_secrets").values(fromSecret(secret)).execute();
        if (version) await db.insertInto("sm_versions").values(fromVersion(secret.arn, version)).execute();
        return undefined;
      };
      return inTurn(`${secret.account} ${secret.region} ${secret.name}`, () => transaction(work));
    },

    /**
     * Changes a secret as `decide` says, which sees it as it is then and may run more than once; `undefined` where the
     * secret is not there.
     */
    change<Answer>(
      arn: string,
      { now, versionId }: ChangeOptions,
      decide: (secret: Secret, version: SecretVersion | undefined) => Change<Answer>,
    ): Promise<Answer | undefined> {
      const work = async (db: Kysely<Tables>) => {
        const row = await db.selectFrom("sm_secrets").selectAll().where("arn", "=", arn).executeTakeFirst();
        const secret = ifThere(row, now);
        if (!secret) return undefined;
        const version = versionId === undefined ? undefined : await findVersion(db, arn, versionId);
        const change = decide(secret, version);
        if (!change.secret) return change.answer;
        await db
          .updateTable("sm_secrets")
          .set(fromSecret({ ...change.secret, changedAt: now }))
          .where("arn", "=", arn)
          .execute();
        for (const reencrypted of change.reencrypted ?? []) await replace(db, arn, reencrypted, now);
        if (change.add) {
          await db.insertInto("sm_versions").values(fromVersion(arn, change.add)).execute();
          await prune(db, change.secret, now);
        }
        return change.answer;
      };
      return inTurn(arn, () => transaction(work));
    },

    /** Notes that a version was read on a day. */
    touch: (arn: string, versionId: string, day: Date) => touch({ arn, versionId, day }),

    /** Removes a secret and its versions for good. */
    delete(arn: string): Promise<void> {
      return inTurn(arn, () => transaction((db) => remove(db, arn)));
    },

    /** Removes the secrets whose recovery window is over, and says how many they were. */
    purge(now: Date): Promise<number> {
      return transaction(async (db) => {
        const rows = await db.selectFrom("sm_secrets").select("arn").where("deletes_at", "<=", now.getTime()).execute();
        for (const { arn } of rows) await remove(db, arn);
        return rows.length;
      });
    },
  };
}

async function replace(db: Kysely<Tables>, arn: string, version: SecretVersion, now: Date): Promise<void> {
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
async function prune(db: Kysely<Tables>, secret: Secret, now: Date): Promise<void> {
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

async function remove(db: Kysely<Tables>, arn: string): Promise<void> {
  for (const table of ["sm_previous_values", "sm_versions", "sm_secrets"] as const) {
    await db.deleteFrom(table).where("arn", "=", arn).execute();
  }
}

/** A version was read on a day. */
interface Reading {
  readonly arn: string;
  readonly versionId: string;
  readonly day: Date;
}

async function noteReading(db: Kysely<Tables>, { arn, versionId, day }: Reading): Promise<void> {
  const accessed_on = day.getTime();
  await db
    .updateTable("sm_secrets")
    .set({ accessed_on })
    .where("arn", "=", arn)
    .where("accessed_on", "<", accessed_on)
    .execute();
  await db
    .updateTable("sm_versions")
    .set({ accessed_on })
    .where("arn", "=", arn)
    .where("version_id", "=", versionId)
    .where("accessed_on", "<", accessed_on)
    .execute();
}
