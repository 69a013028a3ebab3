import type { Kysely } from "kysely";
import type { Events } from "../../../audit/index.ts";
import { groupCommit } from "../../../concurrency/group-commit.ts";
import { keyedMutex } from "../../../concurrency/keyed-mutex.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { type Replication, removeReplicas, replicate, updatePrimary } from "../replication/records.ts";
import { sharedIdentity } from "../replication/replica.ts";
import type { Rotation } from "../rotation/rotation.ts";
import { findRotation, reschedule, writeRotation } from "../rotation/rows.ts";
import { findVersion, fromSecret, fromVersion, ifThere, rotationFunction } from "./rows.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { current } from "./stages.ts";
import { prune, recordMark, removeSecret, replaceVersion } from "./stored-versions.ts";
import type { Writing } from "./version-events.ts";

/**
 * A change of a secret. Replicas that follow the secret get it in the same transaction; those that `secret` does not list
 * are deleted.
 */
export interface Change<Answer> extends Replication {
  readonly answer: Answer;
  /** The secret as it becomes; without it nothing is written. */
  readonly secret?: Secret | undefined;
  readonly add?: SecretVersion | undefined;
  /** Versions under another key than before, whose old ciphertexts are kept beside them. */
  readonly reencrypted?: readonly SecretVersion[];
  /** Deletes the secret for good. */
  readonly isDeleted?: boolean;
  readonly rotation?: Rotation | undefined;
}

export interface ChangeOptions {
  readonly now: Date;
  /** A version for `decide`. */
  readonly versionId?: string | undefined;
  /** Has `decide` get the secret's rotation. */
  readonly withRotation?: boolean;
}

/** Decides on the secret as it is in the transaction. It may run more than once. If it throws, nothing is written. */
export type Decide<Answer> = (
  secret: Secret,
  version: SecretVersion | undefined,
  rotation: Rotation | undefined,
) => Change<Answer>;

export interface Changed<Answer> {
  readonly answer: Answer;
  /** As it is afterwards; a deleted one, as it was. */
  readonly secret: Secret;
}

/** The secret that was created, or the one that has its name already. */
export interface Created {
  readonly kind: "created" | "existing";
  readonly secret: Secret;
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
    create(
      secret: Secret,
      version: SecretVersion | undefined,
      replication: Omit<Replication, "copies"> = {},
    ): Promise<Created> {
      const work = async (db: Kysely<Tables>): Promise<Created> => {
        const row = await db
          .selectFrom("sm_secrets")
          .selectAll()
          .where("account", "=", secret.account)
          .where("region", "=", secret.region)
          .where("name", "=", secret.name)
          .executeTakeFirst();
        const existing = ifThere(row, secret.createdAt);
        if (existing) return { kind: "existing", secret: existing };
        const writing = { db, events, now: secret.createdAt };
        if (row) await removeSecret(writing, row.arn);
        const created = { ...secret, replicas: await replicate(writing, secret, replication) };
        await db.insertInto("sm_secrets").values(fromSecret(created)).execute();
        if (version) await db.insertInto("sm_versions").values(fromVersion(secret.arn, version)).execute();
        return { kind: "created", secret: created };
      };
      return exclusively(`${secret.account} ${secret.region} ${secret.name}`, () => transaction(work));
    },

    /** Changes a secret as `decide` says; `undefined` if there is no such secret. */
    change<Answer>(
      arn: string,
      { now, versionId, withRotation = false }: ChangeOptions,
      decide: Decide<Answer>,
    ): Promise<Changed<Answer> | undefined> {
      const work = async (db: Kysely<Tables>) => {
        const row = await db
          .selectFrom("sm_secrets as secret")
          .selectAll("secret")
          .select(rotationFunction)
          .where("secret.arn", "=", arn)
          .executeTakeFirst();
        const secret = ifThere(row, now);
        if (!secret) return undefined;
        const version = versionId === undefined ? undefined : await findVersion(db, arn, versionId);
        const rotation = withRotation ? await findRotation(db, arn) : undefined;
        const change = decide(secret, version, rotation);
        return { answer: change.answer, secret: await write({ db, events, now }, secret, change) };
      };
      return exclusively(sharedIdentity(arn), () => transaction(work));
    },

    /** Notes that a version was read on a day. */
    touch: (arn: string, versionId: string, day: Date) => touch({ arn, versionId, day }),

    /** Removes the secrets whose recovery window is over; gives their number. */
    purge(now: Date): Promise<number> {
      return transaction(async (db) => {
        const rows = await db.selectFrom("sm_secrets").select("arn").where("deletes_at", "<=", now.getTime()).execute();
        for (const { arn } of rows) await removeSecret({ db, events, now }, arn);
        return rows.length;
      });
    },
  };
}

/** Writes a change of `before`; gives the secret as it is afterwards. */
async function write(writing: Writing, before: Secret, change: Change<unknown>): Promise<Secret> {
  const { db, now } = writing;
  const { arn } = before;
  if (change.isDeleted) {
    await removeSecret(writing, arn);
    return before;
  }
  if (change.rotation) await writeRotation(db, arn, change.rotation);
  const { secret } = change;
  if (!secret) return before;
  for (const reencrypted of change.reencrypted ?? []) await replaceVersion(db, arn, reencrypted, now);
  if (change.add) {
    await db.insertInto("sm_versions").values(fromVersion(arn, change.add)).execute();
    await prune(writing, secret);
  }
  await recordMark(writing, before, secret);
  await removeReplicas(writing, before, secret);
  await updatePrimary(db, before, secret);
  const after = { ...secret, replicas: await replicate(writing, secret, change), changedAt: now };
  await db.updateTable("sm_secrets").set(fromSecret(after)).where("arn", "=", arn).execute();
  if (after.stages.get(current) !== before.stages.get(current)) await reschedule(db, arn, now);
  return after;
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
