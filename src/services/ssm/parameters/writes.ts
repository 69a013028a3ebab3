import type { Kysely } from "kysely";
import type { Events } from "../../../audit/index.ts";
import { keyedMutex } from "../../../concurrency/keyed-mutex.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { expiryOf, nextNotice } from "../policies/parameter-policy.ts";
import { duePolicies, type Place, recordPolicies } from "../policies/policy-events.ts";
import { isSameToPolicies } from "./access.ts";
import { rooted } from "./name.ts";
import { type AttachedPolicy, isExpired, type NewVersion, type Parameter, type Scope } from "./parameter.ts";
import { parameterReads } from "./reads.ts";
import { type At, makeRoom, maximumVersions, removeAll, whereIs } from "./removal.ts";
import { fromTags, fromVersion } from "./rows.ts";
import { versionReads } from "./version-reads.ts";

/**
 * `stored`: the number of the new version. `labelled`: nothing was stored, as the oldest version has a label and cannot make
 * room. `unrevised`: nothing was stored, as `revise` gave no version.
 */
type Put =
  | { readonly kind: "stored"; readonly version: number }
  | { readonly kind: "labelled"; readonly version: number }
  | { readonly kind: "unrevised"; readonly current: Parameter | undefined };

/**
 * `gone`: there is no such parameter. `changed`: nothing was stored, as it is not the parameter that was found, or policies
 * might decide otherwise on it.
 */
export type Outcome<T> =
  | { readonly kind: "done"; readonly result: T }
  | { readonly kind: "gone" }
  | { readonly kind: "changed" };

/** Account, region and partition; any `Call` will do. */
type Where = Omit<Place, "name">;

/** The SQL that changes parameters. */
export function parameterWrites(database: Database, events: Events) {
  const exclusively = keyedMutex();

  /** PostgreSQL makes transactions on one row repeat each other's work; those of this process take turns instead. */
  function change<T>(scope: Scope, name: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return exclusively(`${scope.account} ${scope.region} ${rooted(name)}`, () => database.transaction(work));
  }

  /** The parameter at `now`. One that has expired and was not purged yet is removed, as its policy asks. */
  async function present(db: Kysely<Tables>, place: Place, now: Date): Promise<Parameter | undefined> {
    const stored = await parameterReads(db).findStored(place, place.name);
    if (!stored || !isExpired(stored, now)) return stored;
    await removeAll(db, place);
    await recordPolicies(events, db, place, stored, duePolicies(stored, now), now);
    return undefined;
  }

  /** Changes the parameter that was found and authorised. */
  function changeFound<T>(
    { account, region, partition }: Where,
    found: Parameter,
    now: Date,
    work: (db: Kysely<Tables>, at: At, current: Parameter) => Promise<T>,
  ): Promise<Outcome<T>> {
    const at = { account, region, name: rooted(found.name) };
    return change(at, found.name, async (db): Promise<Outcome<T>> => {
      const current = await present(db, { ...at, partition }, now);
      if (!current) return { kind: "gone" };
      if (!(await isStill(db, at, found, current))) return { kind: "changed" };
      return { kind: "done", result: await work(db, at, current) };
    });
  }

  return {
    /**
     * Adds the version that `revise` makes of the parameter as it is; the oldest of more than 100 goes. `name` and `tags` are
     * those of a new parameter. If `revise` throws, nothing is stored and the error is passed on.
     */
    put(
      { account, region, partition }: Where,
      name: string,
      tags: readonly Tag[],
      now: Date,
      revise: (current: Parameter | undefined) => NewVersion | undefined,
    ): Promise<Put> {
      const at = { account, region, name: rooted(name) };
      return change(at, name, async (db): Promise<Put> => {
        const current = await present(db, { ...at, partition }, now);
        const added = revise(current);
        if (!added) return { kind: "unrevised", current };
        const version = (current?.version ?? 0) + 1;
        const labelled = version > maximumVersions ? await makeRoom(db, at, version) : undefined;
        if (labelled !== undefined) return { kind: "labelled", version: labelled };
        await db
          .insertInto("ssm_versions")
          .values({ ...at, given_name: current?.name ?? name, ...fromVersion(added), version })
          .execute();
        const newest = {
          version,
          expires_at: expiryOf(added.policies)?.getTime() ?? null,
          notice_at: nextNotice(added.policies, added.modifiedAt)?.getTime() ?? null,
        };
        if (current) await whereIs(db.updateTable("ssm_parameters").set(newest), at).execute();
        else {
          const unshared = { resource_policy: null, policy_id: null };
          await db
            .insertInto("ssm_parameters")
            .values({ ...at, ...newest, tags: fromTags(tags), ...unshared })
            .execute();
        }
        return { kind: "stored", version };
      });
    },

    /** Deletes a parameter with its versions and labels. */
    remove(where: Where, found: Parameter, now: Date): Promise<Outcome<void>> {
      return changeFound(where, found, now, (db, at) => removeAll(db, at));
    },

    /** Gives a parameter the resource policy that `revise` makes of its own. */
    changePolicy(
      where: Where,
      found: Parameter,
      now: Date,
      revise: (current: Parameter) => AttachedPolicy | undefined,
    ): Promise<Outcome<void>> {
      return changeFound(where, found, now, async (db, at, current) => {
        const policy = revise(current);
        const resource_policy = policy ? Buffer.from(policy.document) : null;
        const set = { resource_policy, policy_id: policy?.id ?? null };
        await whereIs(db.updateTable("ssm_parameters").set(set), at).execute();
      });
    },

    /** Gives a parameter the tags that `revise` makes of its own. */
    changeTags(
      where: Where,
      found: Parameter,
      now: Date,
      revise: (tags: readonly Tag[]) => readonly Tag[],
    ): Promise<Outcome<void>> {
      return changeFound(where, found, now, async (db, at, current) => {
        const tags = fromTags(revise(current.tags));
        await whereIs(db.updateTable("ssm_parameters").set({ tags }), at).execute();
      });
    },

    /**
     * Gives a version the labels that `revise` makes of its own, and takes these from the other versions. The result is the
     * version's labels before, or `undefined` if there is no such version.
     */
    changeLabels(
      where: Where,
      found: Parameter,
      version: number,
      now: Date,
      revise: (labels: readonly string[]) => readonly string[],
    ): Promise<Outcome<readonly string[] | undefined>> {
      return changeFound(where, found, now, async (db, at) => {
        if (!(await versionReads(db).find(at, at.name, version))) return undefined;
        const own = whereIs(db.selectFrom("ssm_labels").select("label"), at).where("version", "=", version);
        const before = (await own.orderBy("label").execute()).map(({ label }) => label);
        const after = [...revise(before)];
        const stale = [...new Set([...before, ...after])];
        if (stale.length > 0) await whereIs(db.deleteFrom("ssm_labels"), at).where("label", "in", stale).execute();
        const rows = after.map((label) => ({ ...at, label, version }));
        if (rows.length > 0) await db.insertInto("ssm_labels").values(rows).execute();
        return before;
      });
    },
  };
}

/**
 * True if `current` is the parameter that was found, and policies decide the same on it. A parameter that was deleted and made
 * again lacks the version that was found.
 */
async function isStill(db: Kysely<Tables>, at: At, found: Parameter, current: Parameter): Promise<boolean> {
  if (!isSameToPolicies(found, current)) return false;
  const isNewest = current.version === found.version;
  const version = isNewest ? current : await versionReads(db).find(at, at.name, found.version);
  if (!version || version.modifiedAt.getTime() !== found.modifiedAt.getTime()) return false;
  return Buffer.compare(version.value, found.value) === 0;
}
