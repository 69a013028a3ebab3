import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import { ConfigError } from "../config.ts";

const name = "root key check";

/**
 * Throws `ConfigError` if the database's secrets are sealed under another root key. Nobody could read them, nor could anybody
 * read later what is written now.
 */
export async function checkRootKey(database: Pick<Database, "db">, keyring: Keyring): Promise<void> {
  await writeInstallation(database.db, name, checkText(keyring), { unlessThere: true });
  if (await opensCheck(database, keyring)) return;
  throw new ConfigError("Cannot open the database with this root key: its secrets are sealed under another one");
}

/** True if the database's secrets are sealed under this keyring's root key; false if it has no secrets yet. */
export async function opensCheck({ db }: Pick<Database, "db">, keyring: Keyring): Promise<boolean> {
  const value = await readInstallation(db, name);
  return value !== undefined && keyring.open(value, name) !== undefined;
}

/** Records that everything is sealed under this keyring's root key from now on. */
export function replaceCheck(db: Database["db"], keyring: Keyring): Promise<void> {
  return writeInstallation(db, name, checkText(keyring));
}

function checkText(keyring: Keyring): Uint8Array {
  return keyring.seal(Buffer.from("sealift"), name);
}

/** Reads a value that concerns the whole database. */
export async function readInstallation(db: Database["db"], what: string): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom("installation").select("value").where("name", "=", what).executeTakeFirst();
  return row?.value;
}

/** Stores a value that concerns the whole database, or removes it if `value` is `undefined`. */
export async function writeInstallation(
  db: Database["db"],
  what: string,
  value: Uint8Array | string | undefined,
  { unlessThere = false }: { readonly unlessThere?: boolean } = {},
): Promise<void> {
  if (value === undefined) return void (await db.deleteFrom("installation").where("name", "=", what).execute());
  const row = { name: what, value: Buffer.from(value) };
  await db
    .insertInto("installation")
    .values(row)
    .onConflict((conflict) => {
      const same = conflict.column("name");
      return unlessThere ? same.doNothing() : same.doUpdateSet({ value: row.value });
    })
    .execute();
}
