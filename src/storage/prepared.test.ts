import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../test/support/databases.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";

let reads = 0;

const rowOf = prepared(
  (db, { id }: { readonly id: string }) => db.selectFrom("ecs_tags").selectAll().where("arn", "=", id),
  ([row]) => row?.document,
);

const stateOf = prepared(
  (db, { id }: { readonly id: string }) => db.selectFrom("ecs_tags").select("document").where("arn", "=", id),
  ([row]) => {
    reads++;
    return row?.document;
  },
);

function insert(db: Database["db"], arn: string, document: string): Promise<unknown> {
  return db.insertInto("ecs_tags").values({ arn, document }).execute();
}

function update(db: Database["db"], arn: string, document: string): Promise<unknown> {
  return db.updateTable("ecs_tags").set({ document }).where("arn", "=", arn).execute();
}

for (const { name, open } of databases()) {
  test(`prepared reads what was written by a statement or a transaction, and not what was undone (${name})`, async () => {
    await using database = await open();
    const { db } = database;
    assert.equal(await stateOf(db, { id: "a" }), undefined);
    await insert(db, "a", "1");
    assert.equal(await stateOf(db, { id: "a" }), "1");
    assert.equal(await stateOf(db, { id: "b" }), undefined);
    await update(db, "a", "2");
    assert.equal(await stateOf(db, { id: "a" }), "2");
    await database.transaction((inner) => update(inner, "a", "3"));
    assert.equal(await stateOf(db, { id: "a" }), "3");
    const undone = database.transaction(async (inner) => {
      await update(inner, "a", "4");
      assert.equal(await stateOf(inner, { id: "a" }), "4");
      throw new Error("undo");
    });
    await assert.rejects(undone, /undo/);
    assert.equal(await stateOf(db, { id: "a" }), "3");
    await db.updateTable("ecs_tags").set({ document: "5" }).where("arn", "=", "a").returning("arn").execute();
    assert.equal(await stateOf(db, { id: "a" }), "5");
  });

  test(`prepared goes on when a table gets another column (${name})`, async () => {
    await using database = await open();
    const { db } = database;
    await insert(db, "a", "1");
    assert.equal(await rowOf(db, { id: "a" }), "1");
    await db.schema.alterTable("ecs_tags").addColumn("later", "text").execute();
    assert.equal(await rowOf(db, { id: "a" }), "1");
  });

  test(`prepared never shows what a transaction that is still open has written (${name})`, async () => {
    await using database = await open();
    await insert(database.db, "a", "before");
    assert.equal(await stateOf(database.db, { id: "a" }), "before");
    const written = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    const transaction = database.transaction(async (inner) => {
      await update(inner, "a", "after");
      written.resolve();
      await looked.promise;
    });
    await written.promise;
    const seen = stateOf(database.db, { id: "a" });
    if (database.kind === "sqlite") {
      // It has one connection.
      const first = await Promise.race([seen, new Promise((resolve) => setImmediate(resolve, "waits"))]);
      assert.equal(first, "waits");
    } else {
      assert.equal(await seen, "before");
    }
    looked.resolve();
    await transaction;
    assert.equal(await seen, database.kind === "sqlite" ? "after" : "before");
    assert.equal(await stateOf(database.db, { id: "a" }), "after");
  });

  test(`prepared takes its parameters in the order of the query and gives each database its own rows (${name})`, async () => {
    await using one = await open();
    await using other = await open();
    const between = prepared(
      (db, { low, high }: { readonly high: string; readonly low: string }) =>
        db.selectFrom("ecs_tags").select("arn").where("arn", ">", low).where("arn", "<", high).orderBy("arn"),
      (rows) => rows.map(({ arn }) => arn),
    );
    for (const arn of ["a", "b", "c"]) await insert(one.db, arn, "");
    assert.deepEqual(await between(one.db, { high: "c", low: "a" }), ["b"]);
    assert.deepEqual(await between(one.db, { high: "d", low: "b" }), ["c"]);
    assert.deepEqual(await between(other.db, { high: "c", low: "a" }), []);
  });
}

test("prepared reads nothing anew from SQLite until something is written", async () => {
  const [sqlite] = databases();
  await using database = await sqlite!.open();
  await insert(database.db, "a", "1");
  reads = 0;
  for (const id of ["a", "a", "b", "b", "a"]) await stateOf(database.db, { id });
  assert.equal(reads, 2);
  await insert(database.db, "c", "1");
  await stateOf(database.db, { id: "a" });
  assert.equal(reads, 3);
});

test("prepared refuses a query whose parameters were copied and so lost", async () => {
  const [sqlite] = databases();
  await using database = await sqlite!.open();
  const lossy = prepared(
    (db, { ...copy }: { readonly id: string }) => db.selectFrom("ecs_tags").select("arn").where("arn", "=", copy.id),
    (rows) => rows.length,
  );
  assert.throws(() => lossy(database.db, { id: "a" }), /lacks a parameter/);
});
