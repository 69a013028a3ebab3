import type { Kysely, Selectable } from "kysely";
import type { Clock } from "../../../clock.ts";
import type { Ids } from "../../../ids.ts";
import type { Principal } from "../../../model/call.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key } from "../keys/key.ts";
import type { KeyGrant, NewGrant } from "./grant.ts";
import { type GrantName, writeGrantToken } from "./token.ts";

type KeyName = Pick<Key, "region" | "id">;

/** Of one key; AWS's quota. */
const mostGrants = 50_000;

/** All SQL of grants. Those of a key that is gone count as gone. */
export function grantStore(database: Database, clock: Clock, ids: Ids) {
  return {
    /**
     * The id of the new grant, or of the grant of the same name that says the same; `undefined` where the key has as many
     * as a key may have.
     */
    async createGrant({ region, id: keyId }: KeyName, grant: NewGrant): Promise<string | undefined> {
      const grantId = ids.hex(32);
      const row = { region, key_id: keyId, ...columns(grant) };
      return database.transaction(async (db) => {
        const same = await findSame(db, row);
        if (same !== undefined) return same;
        const { count } = await ofKey(db, row)
          .select((select) => select.fn.countAll().as("count"))
          .executeTakeFirstOrThrow();
        if (Number(count) >= mostGrants) return undefined;
        await db
          .insertInto("kms_grants")
          .values({ ...row, grant_id: grantId, created_at: clock.now().getTime() })
          .execute();
        return grantId;
      });
    },

    /** Grants that may allow the caller something: to itself, its role or its account. */
    async grantsTo({ region, id }: KeyName, { arn, roleArn, account }: Principal): Promise<KeyGrant[]> {
      const root = `arn:${arn.split(":")[1]}:iam::${account}:root`;
      const rows = await ofKey(database.db, { region, key_id: id })
        .selectAll()
        .where("grantee", "in", [...new Set([arn, roleArn ?? arn, root])])
        .execute();
      return rows.map(toGrant);
    },

    /** A new token of a grant. */
    grantToken: (grant: GrantName) => writeGrantToken(grant, ids),

    async findGrant({ region, id }: KeyName, grantId: string): Promise<KeyGrant | undefined> {
      const row = await ofKey(database.db, { region, key_id: id })
        .selectAll()
        .where("grant_id", "=", grantId)
        .executeTakeFirst();
      return row && toGrant(row);
    },

    /** Whether there was such a grant. */
    async deleteGrant({ region, id }: KeyName, grantId: string): Promise<boolean> {
      const result = await database.db
        .deleteFrom("kms_grants")
        .where("region", "=", region)
        .where("key_id", "=", id)
        .where("grant_id", "=", grantId)
        .executeTakeFirst();
      return Number(result.numDeletedRows) > 0;
    },

    /** Up to `limit` grants of a key, of one grantee or of all, whose ids follow `after`, in the ids' order. */
    async listGrants({ region, id }: KeyName, grantee: string | undefined, after: string, limit: number) {
      const rows = await ofKey(database.db, { region, key_id: id })
        .selectAll()
        .where("grant_id", ">", after)
        .$if(grantee !== undefined, (query) => query.where("grantee", "=", grantee!))
        .orderBy("grant_id")
        .limit(limit)
        .execute();
      return rows.map(toGrant);
    },

    /** Up to `limit` grants that a principal may retire, with their keys' accounts; ordered as `listGrants`. */
    async listRetirableGrants(region: string, retiring: string, after: string, limit: number) {
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
        .where((where) =>
          where.or([where("k.deletion_at", "is", null), where("k.deletion_at", ">", clock.now().getTime())]),
        )
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

type Said = Omit<Tables["kms_grants"], "grant_id" | "created_at">;

/** The grant that a retry has made already, which only a name tells from one that is wanted twice. */
async function findSame(db: Kysely<Tables>, said: Said): Promise<string | undefined> {
  if (said.name === null) return undefined;
  const rows = await ofKey(db, said)
    .selectAll()
    .where("grantee", "=", said.grantee)
    .where("name", "=", said.name)
    .execute();
  const parts = ["issuing_account", "retiring", "operations", "constraint"] as const;
  return rows.find((row) => parts.every((part) => row[part] === said[part]))?.grant_id;
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
