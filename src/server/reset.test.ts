import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { databases } from "../../test/support/databases.ts";
import { ownerFile } from "../../test/support/table-owner.ts";
import { emptyDatabase } from "./reset.ts";

for (const { name, open } of databases()) {
  test(`emptyDatabase empties every table of Sealift, and no others, on ${name}`, async () => {
    await using database = await open();
    const { db } = database;
    // The root key check and the running replicas stay.
    const kept = ["installation", "leases"];
    const tables = (await db.introspection.getTables()).filter((table) => !kept.includes(table.name));
    const names = tables.map((table) => table.name);
    assert.ok(names.includes("ssm_parameters") && names.includes("ecs_tasks"), names.join());
    for (const { name: table, columns } of tables) {
      // The values do not matter.
      const values = columns.map(({ dataType }) =>
        /^(bytea|blob)$/i.test(dataType) ? Buffer.of(1) : /int/i.test(dataType) ? 1 : "1",
      );
      const columnNames = sql.join(columns.map((column) => sql.ref(column.name)));
      await sql`insert into ${sql.table(table)} (${columnNames}) values (${sql.join(values)})`.execute(db);
    }
    await sql`create table others (id integer)`.execute(db);
    await sql`insert into others (id) values (1)`.execute(db);
    await emptyDatabase(database);
    const count = async (table: string) =>
      Number(
        (await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db)).rows[0]!.count,
      );
    for (const table of names) {
      assert.equal(await count(table), 0, `${table} is not emptied: ${ownerFile(table)}: add ${table} to tables`);
    }
    assert.equal(await count("others"), 1);
  });
}
