import { sql } from "kysely";
import { sealedColumns as auditColumns } from "../audit/index.ts";
import type { Keyring } from "../keyring/keyring.ts";
import { services } from "../services/index.ts";
import type { Database } from "../storage/database.ts";
import type { SealedColumn } from "../storage/sealed-column.ts";
import { replaceCheck } from "./root-key/root-key-check.ts";

/** Everything in the database that is sealed under the root key, except the check of the key itself. */
export const sealedColumns: readonly SealedColumn[] = [
  ...services.flatMap((service) => service.sealedColumns),
  ...auditColumns,
];

/** Rows read at a time. */
const batch = 500;

type Row = Readonly<Record<string, unknown>>;

/**
 * Seals anew what is sealed under `from`, all of it or nothing, and gives the number of values. `keep` is done in the same
 * transaction. Throws where something does not open.
 */
export function sealAnew(
  database: Database,
  from: Keyring,
  to: Keyring,
  keep: (db: Database["db"]) => Promise<void>,
): Promise<number> {
  return database.transaction(async (db) => {
    let count = 0;
    for (const column of sealedColumns) count += await sealColumnAnew(db, column, from, to);
    await replaceCheck(db, to);
    await keep(db);
    return count;
  });
}

async function sealColumnAnew(db: Database["db"], sealed: SealedColumn, from: Keyring, to: Keyring): Promise<number> {
  const { table, column, key } = sealed;
  const names = sql.join([...key, column].map((name) => sql.ref(name)));
  const order = sql.join(key.map((name) => sql.ref(name)));
  let count = 0;
  for (let after: Row | undefined; ; ) {
    const last = after;
    const behind = last === undefined ? sql`true` : sql`(${order}) > (${sql.join(key.map((name) => last[name]))})`;
    const { rows } = await sql<Row>`select ${names} from ${sql.table(table)}
      where ${sql.ref(column)} is not null and ${behind} order by ${order} limit ${sql.lit(batch)}`.execute(db);
    for (const row of rows) {
      const value = row[column] as Uint8Array;
      // A row that only keeps a place has nothing in it.
      if (value.length === 0) continue;
      const opened = from.open(value, sealed.purpose(row));
      if (!opened)
        throw new Error(`Cannot open ${sealed.purpose(row)}: it was changed, or sealed under another root key`);
      const same = sql.join(
        key.map((name) => sql`${sql.ref(name)} = ${row[name]}`),
        sql` and `,
      );
      const again = Buffer.from(to.seal(opened, sealed.purpose(row)));
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${again} where ${same}`.execute(db);
      opened.fill(0);
      count++;
    }
    if (rows.length < batch) return count;
    after = rows.at(-1);
  }
}
