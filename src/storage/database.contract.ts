import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { columnTypes } from "./columns.ts";
import { type Database, migrate } from "./database.ts";

type Rows = {
  rows: { id: string; number: number; bytes: Uint8Array; note: string | null };
};

/** The promises that stores rely on. `open` gives an empty database; `skip` says why there is none. */
export function databaseContract(name: string, options: { open(): Promise<Database>; skip: string | false }): void {
  const { skip } = options;

  async function withRows() {
    const database = await options.open();
    const db = database.db.withTables<Rows>();
    const { text, bytes, integer } = columnTypes(db);
    await db.schema
      .createTable("rows")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("number", integer, (column) => column.notNull())
      .addColumn("bytes", bytes, (column) => column.notNull())
      .addColumn("note", text)
      .execute();
    return { database, db, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }
  const row = (id: string, number = 0) => ({ id, number, bytes: new Uint8Array(), note: null });

  test(`${name}: transactions run as if one after the other`, { skip }, async () => {
    await using opened = await withRows();
    const { database, db } = opened;
    await db.insertInto("rows").values(row("counter")).execute();
    const increment = () =>
      database.transaction(async (open) => {
        const rows = open.withTables<Rows>();
        const { number } = await rows
          .selectFrom("rows")
          .select("number")
          .where("id", "=", "counter")
          .executeTakeFirstOrThrow();
        await rows
          .updateTable("rows")
          .set({ number: number + 1 })
          .where("id", "=", "counter")
          .execute();
        return number + 1;
      });
    const results = await Promise.all(Array.from({ length: 50 }, increment));
    const expected = Array.from({ length: 50 }, (_, index) => index + 1);
    assert.deepEqual(
      results.sort((left, right) => left - right),
      expected,
    );
    assert.equal((await db.selectFrom("rows").select("number").executeTakeFirstOrThrow()).number, 50);
  });

  test(`${name}: transactions that each insert what no other may have inserted do not fail`, { skip }, async () => {
    await using opened = await withRows();
    const { database, db } = opened;
    const append = () =>
      database.transaction(async (open) => {
        const rows = open.withTables<Rows>();
        const { last } = await rows
          .selectFrom("rows")
          .select(({ fn }) => fn.max("number").as("last"))
          .executeTakeFirstOrThrow();
        const next = Number(last ?? 0) + 1;
        await rows
          .insertInto("rows")
          .values(row(`version ${next}`, next))
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, append));
    const numbers = (await db.selectFrom("rows").select("number").orderBy("number").execute()).map(
      ({ number }) => number,
    );
    assert.deepEqual(
      numbers,
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  test(`${name}: a transaction that throws leaves nothing, and the next one works`, { skip }, async () => {
    await using opened = await withRows();
    const { database, db } = opened;
    let runs = 0;
    const failing = database.transaction(async (open) => {
      runs++;
      await open.withTables<Rows>().insertInto("rows").values(row("a")).execute();
      throw new Error("no further");
    });
    await assert.rejects(failing, { message: "no further" });
    const wrong = database.transaction(async (open) => {
      await open.withTables<Rows>().insertInto("rows").values(row("b")).execute();
      await sql`select nonsense from nowhere`.execute(open);
    });
    await assert.rejects(wrong);
    assert.deepEqual([runs, await db.selectFrom("rows").selectAll().execute()], [1, []]);
    await database.transaction((open) => open.withTables<Rows>().insertInto("rows").values(row("c")).execute());
    assert.equal((await db.selectFrom("rows").selectAll().execute()).length, 1);
  });

  test(`${name}: append adds all rows or none, waits for an open transaction, and takes no part in it`, {
    skip,
  }, async () => {
    await using opened = await withRows();
    const { database, db } = opened;
    const table = "rows" as never;
    const columns = ["id", "number", "bytes", "note"];
    const rows = (...ids: readonly string[]) => ids.map((id) => [id, 1, new Uint8Array(), null] as const);
    const gate = Promise.withResolvers<void>();
    const undone = database.transaction(async (open) => {
      await open.withTables<Rows>().insertInto("rows").values(row("undone")).execute();
      await gate.promise;
      throw new Error("no further");
    });
    const appended = database.append([{ table, columns, rows: rows("a", "b") }]);
    gate.resolve();
    await assert.rejects(undone, { message: "no further" });
    await appended;
    await assert.rejects(database.append([{ table, columns, rows: rows("c", "a") }]));
    const onConflict = { key: ["id"], action: "nothing" } as const;
    await database.append([{ table, columns, rows: rows("b", "d"), onConflict }]);
    const changed = [["a", 2, new Uint8Array(), "new"]] as const;
    await database.append([{ table, columns, rows: changed, onConflict: { key: ["id"], action: "update" } }]);
    const stored = await db.selectFrom("rows").select(["id", "number", "note"]).orderBy("id").execute();
    assert.deepEqual(
      stored.map(({ id, number, note }) => [id, number, note]),
      [
        ["a", 2, "new"],
        ["b", 1, null],
        ["d", 1, null],
      ],
    );
  });

  test(`${name}: a row that is there already is refused`, { skip }, async () => {
    await using opened = await withRows();
    const { database, db } = opened;
    await db.insertInto("rows").values(row("a")).execute();
    await assert.rejects(
      database.transaction((open) => open.withTables<Rows>().insertInto("rows").values(row("a")).execute()),
    );
  });

  test(`${name}: bytes, texts and whole numbers come back as they went in`, { skip }, async () => {
    await using opened = await withRows();
    const { db } = opened;
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    const large = new Uint8Array(1_000_000).fill(0);
    const rows = [
      { id: "", number: 0, bytes: new Uint8Array(), note: null },
      { id: "é 😀 \u{10ffff} \n\t'\"\\%_", number: -1, bytes: all, note: "" },
      { id: "large", number: Number.MAX_SAFE_INTEGER, bytes: large, note: "x".repeat(100_000) },
      { id: "small", number: Number.MIN_SAFE_INTEGER, bytes: Uint8Array.of(0), note: "NULL" },
    ];
    await db.insertInto("rows").values(rows).execute();
    const stored = await db.selectFrom("rows").selectAll().orderBy("id").execute();
    const plain = stored.map((one) => ({ ...one, bytes: new Uint8Array(one.bytes) }));
    assert.deepEqual(new Map(plain.map((one) => [one.id, one])), new Map(rows.map((one) => [one.id, one])));
    const found = await db.selectFrom("rows").select("id").where("bytes", "=", all).where("number", "=", -1).execute();
    assert.deepEqual(
      found.map(({ id }) => id),
      [rows[1]!.id],
    );
  });

  test(`${name}: text is sorted and compared by code point`, { skip }, async () => {
    await using opened = await withRows();
    const { db } = opened;
    const sorted = ["", " ", "-", "/a", "/a/b", "/b", "A", "Z", "_", "a", "a b", "a-b", "ab", "b", "é", "\uffff", "😀"];
    await db
      .insertInto("rows")
      .values(sorted.toReversed().map((id) => row(id)))
      .execute();
    const ids = (await db.selectFrom("rows").select("id").orderBy("id").execute()).map(({ id }) => id);
    assert.deepEqual(ids, sorted);
    const after = await db.selectFrom("rows").select("id").where("id", ">", "Z").orderBy("id").limit(2).execute();
    assert.deepEqual(
      after.map(({ id }) => id),
      ["_", "a"],
    );
  });

  test(`${name}: bringing the schema up to date twice changes nothing`, { skip }, async () => {
    await using database = await options.open();
    const before = await database.db.introspection.getTables({ withInternalKyselyTables: true });
    await migrate(database.db);
    assert.deepEqual(await database.db.introspection.getTables({ withInternalKyselyTables: true }), before);
    assert.ok(before.length > 10);
  });

  test(`${name}: the database of a newer Sealift is refused`, { skip }, async () => {
    await using database = await options.open();
    await sql`insert into kysely_migration (name, timestamp) values ('999-future', '2030-01-01')`.execute(database.db);
    await assert.rejects(migrate(database.db), {
      message: "Cannot use the database: a newer Sealift changed its schema (999-future)",
    });
  });

  test(`${name}: the database of an older Sealift is refused`, { skip }, async () => {
    await using database = await options.open();
    await sql`update kysely_migration set name = '001-kms'`.execute(database.db);
    await assert.rejects(migrate(database.db), {
      message:
        "Cannot use the database: an older Sealift made it, with a schema that this one does not read; start with a new database",
    });
  });
}
