import type { Keyring } from "../keyring/keyring.ts";
import type { Database } from "../storage/database.ts";
import { ConfigError } from "./config.ts";

const name = "root key check";

/**
 * Refuses to go on with a root key that is not the one under which the database's secrets are sealed: nothing could be
 * read, and what is written now could not be read later. Throws `ConfigError`.
 */
export async function checkRootKey({ db }: Pick<Database, "db">, keyring: Keyring): Promise<void> {
  const seal = { name, value: keyring.seal(Buffer.from("sealift"), name) };
  await db
    .insertInto("installation")
    .values(seal)
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value } = await db
    .selectFrom("installation")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  if (!keyring.open(value, name)) {
    throw new ConfigError("Cannot open the database with this root key: its secrets are sealed under another one");
  }
}
