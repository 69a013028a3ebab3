import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { databases } from "../../test/support/databases.ts";
import { emptyDatabase } from "./reset.ts";

for (const { name, open } of databases()) {
  test(`emptyDatabase empties every table of ours, and none of others, on ${name}`, async () => {
    await using database = await open();
    const { db } = database;
    const all = (await db.introspection.getTables()).map((table) => table.name);
    // The root key and the running replicas stay.
    const tables = all.filter((table) => table !== "installation" && table !== "leases");
    assert.ok(tables.includes("ssm_parameters") && tables.includes("ecs_tasks"), tables.join());
    // The values do not matter here.
    for (const table of tables) {
      const columns = (await db.introspection.getTables()).find((one) => one.name === table)!.columns;
      const values = columns.map(({ dataType }) =>
        /^(bytea|blob)$/i.test(dataType) ? Buffer.of(1) : /int/i.test(dataType) ? 1 : "1",
      );
      const names = sql.join(columns.map((column) => sql.ref(column.name)));
      await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(values)})`.execute(db);
    }
    await sql`create table others (id integer)`.execute(db);
    await sql`insert into others (id) values (1)`.execute(db);
    await emptyDatabase(database);
    const count = async (table: string) =>
      Number(
        (await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db)).rows[0]!.count,
      );
    for (const table of tables) assert.equal(await count(table), 0, table);
    assert.equal(await count("others"), 1);
  });
}
