import type { Kysely } from "kysely";
import type { Events } from "../../../audit/index.ts";
import { keyedMutex } from "../../../concurrency/keyed-mutex.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { expiryOf, nextNotice } from "../policies/parameter-policy.ts";
import { duePolicies, type Place, recordPolicies } from "../policies/policy-events.ts";
import type { AttachedPolicy, NewVersion, Parameter, Scope, Tag } from "./parameter.ts";
import { isExpired, parameterReads } from "./reads.ts";
import { fromTags, fromVersion } from "./rows.ts";

/** Versions of a parameter that are kept. */
const maximumVersions = 100;

/** The number of the new version, or of the oldest one, whose labels keep it from making room; or what could not be revised. */
export type Put =
  | { readonly version: number }
  | { readonly labelledVersion: number }
  | { readonly unrevised: Parameter | undefined };

/** Account, region and partition; any `Call` will do. */
type Where = Omit<Place, "name">;

/** The SQL that changes parameters, but for their labels. */
export function parameterWrites(database: Database, events: Events) {
  const exclusively = keyedMutex();

  /** PostgreSQL makes transactions on one row repeat each other's work; those of this process take turns instead. */
  function change<T>(scope: Scope, name: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return exclusively(`${scope.account} ${scope.region} ${name}`, () => database.transaction(work));
  }

  /** The parameter as it counts at `now`; one that has expired and was not purged yet is removed, as it asked for. */
  async function present(db: Kysely<Tables>, place: Place, now: Date): Promise<Parameter | undefined> {
    const stored = await parameterReads(db).findStored(place, place.name);
    if (!stored || !isExpired(stored, now)) return stored;
    await removeAll(db, place);
    await recordPolicies(events, db, place, stored, duePolicies(stored, now), now);
    return undefined;
  }

  return {
    /**
     * Adds the version that `revise` makes of the parameter as it is; the oldest of more than 100 goes. `tags` are those
     * of a new parameter. Where it makes none nothing is stored, nor where it throws, which is thrown.
     */
    put(
      scope: Where,
      name: string,
      tags: readonly Tag[],
      now: Date,
      revise: (current: Parameter | undefined) => NewVersion | undefined,
    ): Promise<Put> {
      const at = { account: scope.account, region: scope.region, name };
      return change(scope, name, async (db) => {
        const current = await present(db, { ...at, partition: scope.partition }, now);
        const added = revise(current);
        if (!added) return { unrevised: current };
        const row = fromVersion(added);
        const dates = {
          expires_at: expiryOf(added.policies)?.getTime() ?? null,
          notice_at: nextNotice(added.policies, added.modifiedAt)?.getTime() ?? null,
        };
        const version = (current?.version ?? 0) + 1;
        const labelledVersion = version > maximumVersions ? await makeRoom(db, at, version) : undefined;
        if (labelledVersion !== undefined) return { labelledVersion };
        await db
          .insertInto("ssm_versions")
          .values({ ...at, ...row, version })
          .execute();
        if (current) await whereIs(db.updateTable("ssm_parameters").set({ version, ...dates }), at).execute();
        else {
          const unshared = { resource_policy: null, policy_id: null };
          await db
            .insertInto("ssm_parameters")
            .values({ ...at, version, tags: fromTags(tags), ...dates, ...unshared })
            .execute();
        }
        return { version };
      });
    },

    /** Whether there was such a parameter; all of it is gone. */
    remove(scope: Where, name: string, now: Date): Promise<boolean> {
      const at = { account: scope.account, region: scope.region, name };
      return change(scope, name, async (db) => {
        const current = await present(db, { ...at, partition: scope.partition }, now);
        if (current) await removeAll(db, at);
        return current !== undefined;
      });
    },

    /** Whether there is such a parameter; it has the resource policy that `revise` makes of what it is, or none. */
    changePolicy(
      scope: Scope,
      name: string,
      now: Date,
      revise: (current: Parameter) => AttachedPolicy | undefined,
    ): Promise<boolean> {
      const at = { account: scope.account, region: scope.region, name };
      return change(scope, name, async (db) => {
        const current = (await parameterReads(db).find(scope, [name], now)).get(name);
        if (!current) return false;
        const policy = revise(current);
        const resource_policy = policy ? Buffer.from(policy.document) : null;
        const set = { resource_policy, policy_id: policy?.id ?? null };
        await whereIs(db.updateTable("ssm_parameters").set(set), at).execute();
        return true;
      });
    },

    /** Whether there is such a parameter; it has the tags that `revise` makes of its own. */
    changeTags(
      scope: Scope,
      name: string,
      now: Date,
      revise: (tags: readonly Tag[]) => readonly Tag[],
    ): Promise<boolean> {
      const at = { account: scope.account, region: scope.region, name };
      return change(scope, name, async (db) => {
        const current = (await parameterReads(db).find(scope, [name], now)).get(name);
        if (!current) return false;
        const tags = fromTags(revise(current.tags));
        await whereIs(db.updateTable("ssm_parameters").set({ tags }), at).execute();
        return true;
      });
    },

    /**
     * Whether the parameter has that version; it gets the labels that `revise` makes of its own. They leave the
     * parameter's other versions.
     */
    changeLabels(
      scope: Scope,
      name: string,
      version: number,
      revise: (labels: readonly string[]) => readonly string[],
    ): Promise<boolean> {
      const at = { account: scope.account, region: scope.region, name };
      return change(scope, name, async (db) => {
        if (!(await parameterReads(db).findVersion(scope, name, version))) return false;
        const own = whereIs(db.selectFrom("ssm_labels").select("label"), at).where("version", "=", version);
        const before = (await own.orderBy("label").execute()).map(({ label }) => label);
        const after = [...revise(before)];
        const stale = [...new Set([...before, ...after])];
        if (stale.length > 0) await whereIs(db.deleteFrom("ssm_labels"), at).where("label", "in", stale).execute();
        const rows = after.map((label) => ({ ...at, label, version }));
        if (rows.length > 0) await db.insertInto("ssm_labels").values(rows).execute();
        return true;
      });
    },
  };
}

/** Deletes a parameter with all that belongs to it. */
export async function removeAll(db: Kysely<Tables>, at: Scope & { readonly name: string }): Promise<void> {
  for (const table of ["ssm_parameters", "ssm_versions", "ssm_labels"] as const) {
    await whereIs(db.deleteFrom(table), at).execute();
  }
}

/** Deletes the versions that are too old beside a new one; instead gives the number of one that has a label. */
async function makeRoom(
  db: Kysely<Tables>,
  at: Scope & { name: string },
  version: number,
): Promise<number | undefined> {
  const oldest = version - maximumVersions;
  const labelled = await whereIs(db.selectFrom("ssm_labels").select("version"), at)
    .where("version", "<=", oldest)
    .orderBy("version")
    .executeTakeFirst();
  if (labelled) return labelled.version;
  await whereIs(db.deleteFrom("ssm_versions"), at).where("version", "<=", oldest).execute();
}

/** Narrows a statement to one parameter. */
// biome-ignore lint/suspicious/noExplicitAny: Kysely's builders have no type in common
function whereIs<Q extends { where: any }>(query: Q, at: Scope & { readonly name: string }): Q {
  return query.where("account", "=", at.account).where("region", "=", at.region).where("name", "=", at.name);
}
