import type { Kysely } from "kysely";
import type { Events } from "../../../audit/index.ts";
import { groupCommit } from "../../../concurrency/group-commit.ts";
import { keyedMutex } from "../../../concurrency/keyed-mutex.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { type Replication, removeReplicas, replicate, tellPrimary } from "../replication/records.ts";
import { sharedIdentity } from "../replication/replica.ts";
import type { Rotation } from "../rotation/rotation.ts";
import { findRotation, reschedule, writeRotation } from "../rotation/rows.ts";
import { ifThere } from "./reads.ts";
import { findVersion, fromSecret, fromVersion } from "./rows.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { current } from "./stages.ts";
import { prune, recordMark, removeSecret, replaceVersion } from "./stored-versions.ts";

/**
 * What is to become of a secret; without `secret` nothing is written. Replicas that follow it get the same in the same
 * transaction, those that are in its list no more are deleted.
 */
export interface Change<Answer> extends Replication {
  readonly answer: Answer;
  readonly secret?: Secret;
  readonly add?: SecretVersion | undefined;
  /** Versions under another key than before, whose old ciphertexts are kept beside them. */
  readonly reencrypted?: readonly SecretVersion[];
  /** Deletes the secret for good. */
  readonly isDeleted?: boolean;
  readonly rotation?: Rotation;
}

export interface ChangeOptions {
  readonly now: Date;
  /** A version to be shown to `decide`. */
  readonly versionId?: string | undefined;
  /** Whether `decide` is to see how the secret is rotated. */
  readonly withRotation?: boolean;
}

/** The SQL that changes secrets. */
export function secretWrites({ transaction }: Pick<Database, "transaction">, events: Events) {
  const exclusively = keyedMutex();
  const touch = groupCommit<Reading>((readings) =>
    transaction(async (db) => {
      for (const reading of readings) await noteReading(db, reading);
    }),
  );
  return {
    /** Stores a new secret; answers the one that has its name already, if there is one. */
    create(
      secret: Secret,
      version: SecretVersion | undefined,
      replication: Replication = {},
    ): Promise<Secret | undefined> {
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
        const writing = { db, events, now: secret.createdAt };
        if (row) await removeSecret(writing, row.arn);
        const replicas = await replicate(writing, secret, replication);
        await db
          .insertInto("sm_secrets")
          .values(fromSecret({ ...secret, replicas }))
          .execute();
        if (version) await db.insertInto("sm_versions").values(fromVersion(secret.arn, version)).execute();
        return undefined;
      };
      return exclusively(`${secret.account} ${secret.region} ${secret.name}`, () => transaction(work));
    },

    /**
     * Changes a secret as `decide` says, which sees it as it is then and may run more than once; `undefined` where the
     * secret is not there.
     */
    change<Answer>(
      arn: string,
      { now, versionId, withRotation = false }: ChangeOptions,
      decide: (secret: Secret, version: SecretVersion | undefined, rotation: Rotation | undefined) => Change<Answer>,
    ): Promise<Answer | undefined> {
      const work = async (db: Kysely<Tables>) => {
        const row = await db.selectFrom("sm_secrets").selectAll().where("arn", "=", arn).executeTakeFirst();
        const secret = ifThere(row, now);
        if (!secret) return undefined;
        const version = versionId === undefined ? undefined : await findVersion(db, arn, versionId);
        const rotation = withRotation ? await findRotation(db, arn) : undefined;
        const change = decide(secret, version, rotation);
        const writing = { db, events, now };
        if (change.isDeleted) await removeSecret(writing, arn);
        else if (change.rotation) await writeRotation(db, arn, change.rotation);
        if (change.isDeleted || !change.secret) return change.answer;
        for (const reencrypted of change.reencrypted ?? []) await replaceVersion(db, arn, reencrypted, now);
        if (change.add) {
          await db.insertInto("sm_versions").values(fromVersion(arn, change.add)).execute();
          await prune(writing, change.secret);
        }
        await recordMark(writing, secret, change.secret);
        await removeReplicas(writing, secret, change.secret);
        await tellPrimary(db, secret, change.secret);
        const replicas = await replicate(writing, change.secret, change);
        await db
          .updateTable("sm_secrets")
          .set(fromSecret({ ...change.secret, replicas, changedAt: now }))
          .where("arn", "=", arn)
          .execute();
        if (change.secret.stages.get(current) !== secret.stages.get(current)) await reschedule(db, arn, now);
        return change.answer;
      };
      return exclusively(sharedIdentity(arn), () => transaction(work));
    },

    /** Notes that a version was read on a day. */
    touch: (arn: string, versionId: string, day: Date) => touch({ arn, versionId, day }),

    /** Removes the secrets whose recovery window is over, and says how many they were. */
    purge(now: Date): Promise<number> {
      return transaction(async (db) => {
        const rows = await db.selectFrom("sm_secrets").select("arn").where("deletes_at", "<=", now.getTime()).execute();
        for (const { arn } of rows) await removeSecret({ db, events, now }, arn);
        return rows.length;
      });
    },
  };
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
