import { sql } from "kysely";
import { sealedColumns as auditColumns } from "../audit/index.ts";
import type { Keyring } from "../keyring/keyring.ts";
import { services } from "../services/index.ts";
import type { Database } from "../storage/database.ts";
import type { SealedColumn } from "../storage/sealed-column.ts";
import { replaceCheck } from "./root-key/root-key-check.ts";

/** Every column that is sealed under the root key, except for the root key check. */
export const sealedColumns: readonly SealedColumn[] = [
  ...services.flatMap((service) => service.sealedColumns),
  ...auditColumns,
];

/** Rows that are read at a time. */
const batch = 500;

type Row = Readonly<Record<string, unknown>>;

/**
 * Seals every value anew, in one transaction in which it also calls `keep`. Returns the number of values. Throws if a value
 * does not open with `from`.
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
  const isAfter = (row: Row | undefined) =>
    row === undefined ? sql`true` : sql`(${order}) > (${sql.join(key.map((name) => row[name]))})`;
  let count = 0;
  for (let last: Row | undefined; ; ) {
    const { rows } = await sql<Row>`select ${names} from ${sql.table(table)}
      where ${sql.ref(column)} is not null and ${isAfter(last)} order by ${order} limit ${sql.lit(batch)}`.execute(db);
    for (const row of rows) {
      const value = row[column];
      if (!(value instanceof Uint8Array))
        throw new Error(`Cannot seal ${table}.${column} anew: it does not hold bytes`);
      // An empty value only keeps the row's place.
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
    last = rows.at(-1);
  }
}
