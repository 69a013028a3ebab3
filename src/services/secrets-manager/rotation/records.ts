import type { Kysely } from "kysely";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Rotation } from "./rotation.ts";
import { findRotation, fromRotation, toRotation } from "./rows.ts";

/** Milliseconds of a lease on a rotation. It is renewed while a step is done, and ends soon after a crash. */
export const leaseDuration = 6_000;

/** Rotations that are begun or continued at a time. */
const batch = 50;

/** All SQL of rotations, apart from changes of the secret itself. */
export function rotationRecords({ db, transaction }: Pick<Database, "db" | "transaction">) {
  /** Changes the rotation that `lease` holds; `undefined` if the lease was lost. */
  function changeLeased<T>(
    arn: string,
    lease: string,
    change: (rotation: Rotation, open: Kysely<Tables>) => Promise<T>,
  ): Promise<T | undefined> {
    return transaction(async (open) => {
      const row = await open.selectFrom("sm_rotations").selectAll().where("arn", "=", arn).executeTakeFirst();
      return row?.lease === lease ? change(toRotation(row), open) : undefined;
    });
  }

  return {
    find: (arn: string) => findRotation(db, arn),

    /** The rotations of secrets, by ARN. */
    async findAll(arns: readonly string[]): Promise<ReadonlyMap<string, Rotation>> {
      if (arns.length === 0) return new Map();
      const rows = await db.selectFrom("sm_rotations").selectAll().where("arn", "in", arns).execute();
      return new Map(rows.map((row) => [row.arn, toRotation(row)]));
    },

    /** ARNs of secrets whose window has begun and that have no step due. */
    async scheduled(now: Date): Promise<string[]> {
      const rows = await db
        .selectFrom("sm_rotations")
        .select("arn")
        .where("rotates_at", "<=", now.getTime())
        .where("enabled", "=", 1)
        .where("due_at", "is", null)
        .orderBy("rotates_at")
        .limit(batch)
        .execute();
      return rows.map(({ arn }) => arn);
    },

    /** ARNs of secrets that have a step due that nobody does. */
    async due(now: Date): Promise<string[]> {
      const rows = await db
        .selectFrom("sm_rotations")
        .select("arn")
        .where("due_at", "<=", now.getTime())
        .where((where) => where.or([where("leased_until", "is", null), where("leased_until", "<=", now.getTime())]))
        .orderBy("due_at")
        .limit(batch)
        .execute();
      return rows.map(({ arn }) => arn);
    },

    /** Takes the lease of a secret's rotation; `undefined` if somebody else has it, or if no step is due. */
    claim(arn: string, lease: string, now: Date): Promise<Rotation | undefined> {
      return transaction(async (open) => {
        const row = await open.selectFrom("sm_rotations").selectAll().where("arn", "=", arn).executeTakeFirst();
        const isFree = row !== undefined && (row.leased_until === null || row.leased_until <= now.getTime());
        if (!isFree || row.due_at === null || row.due_at > now.getTime()) return undefined;
        const set = { lease, leased_until: now.getTime() + leaseDuration };
        await open.updateTable("sm_rotations").set(set).where("arn", "=", arn).execute();
        return toRotation(row);
      });
    },

    async renew(arn: string, lease: string, now: Date): Promise<void> {
      await db
        .updateTable("sm_rotations")
        .set({ leased_until: now.getTime() + leaseDuration })
        .where("arn", "=", arn)
        .where("lease", "=", lease)
        .execute();
    },

    /** Stores the result of a step, and does `also` in the same transaction; `undefined` if the lease was lost. */
    advance(
      arn: string,
      lease: string,
      revise: (rotation: Rotation) => Rotation,
      also: (open: Kysely<Tables>) => Promise<void> = async () => {},
    ): Promise<Rotation | undefined> {
      return changeLeased(arn, lease, async (rotation, open) => {
        const revised = revise(rotation);
        const isOver = revised.run === undefined || revised.run.dueAt?.getTime() !== rotation.run?.dueAt?.getTime();
        const ended = isOver ? { lease: null, leased_until: null } : {};
        await open
          .updateTable("sm_rotations")
          .set({ ...fromRotation(revised), ...ended })
          .where("arn", "=", arn)
          .execute();
        await also(open);
        return revised;
      });
    },
  };
}
