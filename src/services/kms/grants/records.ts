import type { Kysely, Selectable } from "kysely";
import type { Principal } from "../../../model/call.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key, KeyName } from "../keys/key.ts";
import { keyAt } from "../keys/rows.ts";
import type { StoreParts } from "../store-parts.ts";
import type { KeyGrant, NewGrant } from "./grant.ts";
import { type GrantName, writeGrantToken } from "./token.ts";

/** Grants of one key; AWS's quota. */
const mostGrants = 50_000;

/** All SQL of grants. The grants of a key that is gone count as gone. */
export function grantRecords({ database, ids, now }: StoreParts) {
  return {
    /**
     * Makes a grant, unless there is an equal one of the same name, and gives its id. `check` gets the key as it is in the
     * transaction, and may throw. "limit" where the key has as many grants as a key may have, `undefined` where it is gone.
     */
    async create(
      { region, id: keyId }: KeyName,
      grant: NewGrant,
      check: (key: Key) => void,
    ): Promise<{ readonly id: string } | "limit" | undefined> {
      const grantId = ids.hex(32);
      const row = { region, key_id: keyId, ...columns(grant) };
      return database.transaction(async (db) => {
        const key = await keyAt(db, { region, id: keyId }, now());
        if (!key) return undefined;
        check(key);
        const same = await findSame(db, row);
        if (same !== undefined) return { id: same };
        const { count } = await ofKey(db, row)
          .select((select) => select.fn.countAll().as("count"))
          .executeTakeFirstOrThrow();
        if (Number(count) >= mostGrants) return "limit";
        await db
          .insertInto("kms_grants")
          .values({ ...row, grant_id: grantId, created_at: now() })
          .execute();
        return { id: grantId };
      });
    },

    /** Grants that may allow the caller something: to itself, its role or its account. */
    async to({ region, id }: KeyName, { arn, roleArn, account }: Principal): Promise<KeyGrant[]> {
      const root = `arn:${arn.split(":")[1]}:iam::${account}:root`;
      const rows = await ofKey(database.db, { region, key_id: id })
        .selectAll()
        .where("grantee", "in", [...new Set([arn, roleArn ?? arn, root])])
        .execute();
      return rows.map(toGrant);
    },

    /** A new token of a grant. */
    token: (grant: GrantName) => writeGrantToken(grant, ids),

    async find({ region, id }: KeyName, grantId: string): Promise<KeyGrant | undefined> {
      const row = await ofKey(database.db, { region, key_id: id })
        .selectAll()
        .where("grant_id", "=", grantId)
        .executeTakeFirst();
      return row && toGrant(row);
    },

    /** `false` where there is no such grant. */
    async delete({ region, id }: KeyName, grantId: string): Promise<boolean> {
      const result = await database.db
        .deleteFrom("kms_grants")
        .where("region", "=", region)
        .where("key_id", "=", id)
        .where("grant_id", "=", grantId)
        .executeTakeFirst();
      return Number(result.numDeletedRows) > 0;
    },

    /** Up to `limit` grants of a key, to one grantee or to all, whose ids follow `after`, in the ids' order. */
    async list({ region, id }: KeyName, grantee: string | undefined, after: string, limit: number) {
      let query = ofKey(database.db, { region, key_id: id }).selectAll().where("grant_id", ">", after);
      if (grantee !== undefined) query = query.where("grantee", "=", grantee);
      const rows = await query.orderBy("grant_id").limit(limit).execute();
      return rows.map(toGrant);
    },

    /** Up to `limit` grants that a principal may retire, with their keys' accounts; ordered as in `list`. */
    async listRetirable(region: string, retiring: string, after: string, limit: number) {
      const rows = await database.db
        .selectFrom("kms_grants as g")
        .innerJoin("kms_keys as k", (join) =>
          join.onRef("k.region", "=", "g.region").onRef("k.key_id", "=", "g.key_id"),
        )
        .selectAll("g")
        .select("k.account")
        .where("g.retiring", "=", retiring)
        .where("g.region", "=", region)
        .where("g.grant_id", ">", after)
        .where((where) => where.or([where("k.deletion_at", "is", null), where("k.deletion_at", ">", now())]))
        .orderBy("g.grant_id")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ account: row.account, grant: toGrant(row) }));
    },
  };
}

function ofKey(db: Kysely<Tables>, { region, key_id }: { readonly region: string; readonly key_id: string }) {
  return db.selectFrom("kms_grants").where("region", "=", region).where("key_id", "=", key_id);
}

type NewRow = Omit<Tables["kms_grants"], "grant_id" | "created_at">;

/** The id of an equal grant, which a retry has made before. Without a name, equal grants are wanted as often as asked for. */
async function findSame(db: Kysely<Tables>, row: NewRow): Promise<string | undefined> {
  if (row.name === null) return undefined;
  const rows = await ofKey(db, row)
    .selectAll()
    .where("grantee", "=", row.grantee)
    .where("name", "=", row.name)
    .execute();
  const parts = ["issuing_account", "retiring", "operations", "constraint"] as const;
  return rows.find((stored) => parts.every((part) => stored[part] === row[part]))?.grant_id;
}

function columns({ issuingAccount, name, grantee, retiring, operations, constraint }: NewGrant) {
  return {
    issuing_account: issuingAccount,
    name: name ?? null,
    grantee,
    retiring: retiring ?? null,
    operations: JSON.stringify(operations),
    constraint: constraint === undefined ? null : JSON.stringify(constraint),
  };
}

function toGrant(row: Selectable<Tables["kms_grants"]>): KeyGrant {
  return {
    id: row.grant_id,
    keyId: row.key_id,
    issuingAccount: row.issuing_account,
    name: row.name ?? undefined,
    grantee: row.grantee,
    retiring: row.retiring ?? undefined,
    operations: JSON.parse(row.operations) as KeyGrant["operations"],
    constraint: row.constraint === null ? undefined : (JSON.parse(row.constraint) as KeyGrant["constraint"]),
    createdAt: new Date(row.created_at),
  };
}
