import type { Kysely, Selectable } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import { type Database, withinTransaction } from "../../../storage/database.ts";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { OrganizationsTables } from "../../../storage/schema/organizations.ts";
import type { SealedColumn } from "../../../storage/sealed-column.ts";
import type { Account, AccountRequest, RootKey } from "./account.ts";

const accountOfRootKey = prepared(
  (db, { keyId }: { readonly keyId: string }) =>
    db.selectFrom("accounts").select(["id", "root_secret"]).where("root_key_id", "=", keyId),
  ([row]) => row,
);

export type AccountStore = ReturnType<typeof accountStore>;

/** The accounts beside the installation's first, the requests that made them, and their root users' access keys. */
export function accountStore(database: Database, keyring: Keyring) {
  const { db } = database;
  return {
    /**
     * Makes an account, with the content that `furnish` writes into it, in one transaction. The request is stored also if it
     * fails.
     */
    insert(
      account: Account,
      requestId: string,
      furnish: (database: Database) => Promise<unknown>,
    ): Promise<AccountRequest> {
      return database.transaction(async (open) => {
        const failure = await obstacle(open, account);
        const request = {
          id: requestId,
          accountName: account.name,
          createdAt: account.createdAt,
          accountId: failure === undefined ? account.id : undefined,
          failure,
        };
        if (failure === undefined) {
          await insertAccount(open, account);
          await furnish(withinTransaction(database, open));
        }
        await insertRequest(open, request);
        return request;
      });
    },
    async find(id: string): Promise<Account | undefined> {
      const row = await db.selectFrom("accounts").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toAccount(row);
    },
    /** By id, after the one given. */
    async list({ after, limit }: { readonly after: string; readonly limit: number }): Promise<Account[]> {
      const query = db.selectFrom("accounts").selectAll().where("id", ">", after).orderBy("id").limit(limit);
      return (await query.execute()).map(toAccount);
    },
    async allIds(): Promise<readonly string[]> {
      return (await db.selectFrom("accounts").select("id").execute()).map(({ id }) => id);
    },
    requests: {
      async find(id: string): Promise<AccountRequest | undefined> {
        const row = await db.selectFrom("account_requests").selectAll().where("id", "=", id).executeTakeFirst();
        return row && toRequest(row);
      },
    },
    rootKeys: {
      async find(accessKeyId: string): Promise<RootKey | undefined> {
        const found = await accountOfRootKey(db, { keyId: accessKeyId });
        if (!found?.root_secret) return undefined;
        const secret = keyring.open(found.root_secret, purpose(found.id));
        if (!secret) {
          throw new Error(`Cannot open the root access key of account ${found.id}: another root key sealed it`);
        }
        return { account: found.id, accessKeyId, secretAccessKey: Buffer.from(secret).toString() };
      },
      /** Replaces the root user's access key, if it has one; `false` if there is no such account. */
      async set({ account, accessKeyId, secretAccessKey }: RootKey): Promise<boolean> {
        const sealed = keyring.seal(Buffer.from(secretAccessKey), purpose(account));
        const changed = await db
          .updateTable("accounts")
          .set({ root_key_id: accessKeyId, root_secret: Buffer.from(sealed) })
          .where("id", "=", account)
          .executeTakeFirst();
        return changed.numUpdatedRows > 0n;
      },
    },
  };
}

/** AWS's reason why the account cannot be made. */
async function obstacle(db: Kysely<Tables>, { id, email }: Account): Promise<AccountRequest["failure"]> {
  const others = db.selectFrom("accounts").select("id");
  if (await others.where("email_key", "=", email.toLowerCase()).executeTakeFirst()) return "EMAIL_ALREADY_EXISTS";
  return (await others.where("id", "=", id).executeTakeFirst()) && "CONCURRENT_ACCOUNT_MODIFICATION";
}

async function insertAccount(db: Kysely<Tables>, account: Account): Promise<void> {
  await db
    .insertInto("accounts")
    .values({
      id: account.id,
      name: account.name,
      email: account.email,
      email_key: account.email.toLowerCase(),
      tags: JSON.stringify(account.tags),
      created_at: account.createdAt.getTime(),
      root_key_id: null,
      root_secret: null,
    })
    .execute();
}

async function insertRequest(db: Kysely<Tables>, request: AccountRequest): Promise<void> {
  await db
    .insertInto("account_requests")
    .values({
      id: request.id,
      account_name: request.accountName,
      account_id: request.accountId ?? null,
      failure: request.failure ?? null,
      created_at: request.createdAt.getTime(),
    })
    .execute();
}

function toAccount(row: Selectable<OrganizationsTables["accounts"]>): Account {
  const { id, name, email } = row;
  return { id, name, email, tags: JSON.parse(row.tags), createdAt: new Date(row.created_at) };
}

function toRequest(row: Selectable<OrganizationsTables["account_requests"]>): AccountRequest {
  return {
    id: row.id,
    accountName: row.account_name,
    accountId: row.account_id ?? undefined,
    failure: (row.failure ?? undefined) as AccountRequest["failure"],
    createdAt: new Date(row.created_at),
  };
}

function purpose(account: string): string {
  return `root access key of account ${account}`;
}

/** The columns that are sealed under the root key. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "accounts", column: "root_secret", key: ["id"], purpose: ({ id }) => purpose(String(id)) },
];
