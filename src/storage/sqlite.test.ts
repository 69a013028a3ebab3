import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { sql } from "kysely";
import { openSqlite } from "./sqlite.ts";

function temporaryDirectory() {
  const path = mkdtempSync(join(tmpdir(), "sealift-sqlite-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A process that stores one row after the other and says each when it is stored. */
function startWriter(file: string, kind: "transaction" | "statement"): ChildProcess {
  const program = `
    import { openSqlite } from ${JSON.stringify(join(import.meta.dirname, "sqlite.ts"))};
    import { sql } from ${JSON.stringify(import.meta.resolve("kysely"))};
    const database = await openSqlite(${JSON.stringify(file)});
    for (let id = 1; ; id++) {
      const insert = (db) => sql\`insert into written (id) values (\${id})\`.execute(db);
      await ${kind === "transaction" ? "database.transaction(insert)" : "insert(database.db)"};
      process.stdout.write(id + "\\n");
    }`;
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

for (const kind of ["transaction", "statement"] as const) {
  test(`openSqlite keeps what a ${kind} acknowledged before kill -9`, async () => {
    using directory = temporaryDirectory();
    const file = join(directory.path, "sealift.db");
    await using first = await openSqlite(file);
    await sql`create table written (id integer primary key)`.execute(first.db);
    for (const enough of [1, 25]) {
      await sql`delete from written`.execute(first.db);
      const writer = startWriter(file, kind);
      const closed = once(writer, "close");
      let acknowledged = 0;
      for await (const line of createInterface({ input: writer.stdout! })) {
        acknowledged = Number(line);
        if (acknowledged === enough) writer.kill("SIGKILL");
      }
      await closed;
      assert.ok(acknowledged >= enough);
      await using reopened = await openSqlite(file);
      const { rows } = await sql<{
        count: number;
        last: number;
      }>`select count(*) as count, max(id) as last from written`.execute(reopened.db);
      assert.ok(
        rows[0]!.last >= acknowledged,
        `${acknowledged} was acknowledged, ${rows[0]!.last} is the last that is there`,
      );
      assert.equal(rows[0]!.count, rows[0]!.last);
    }
  });
}

test("openSqlite makes files that only their owner can read", async () => {
  using directory = temporaryDirectory();
  chmodSync(directory.path, 0o755);
  await using database = await openSqlite(join(directory.path, "sealift.db"));
  await sql`create table written (id integer primary key)`.execute(database.db);
  const files = readdirSync(directory.path);
  assert.ok(files.includes("sealift.db-wal"), files.join());
  for (const file of files) assert.equal(statSync(join(directory.path, file)).mode & 0o777, 0o600, file);
});

test("openSqlite commits to the disk, and wipes what is deleted", async () => {
  await using database = await openSqlite(":memory:");
  const read = async (name: string) =>
    Object.values((await sql.raw<object>(`pragma ${name}`).execute(database.db)).rows[0]!)[0];
  assert.deepEqual([await read("synchronous"), await read("secure_delete"), await read("foreign_keys")], [2, 1, 1]);
});

test("openSqlite refuses a newer Sealift's database, and lets go of it", async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, "sealift.db");
  await (await openSqlite(path))[Symbol.asyncDispose]();
  const file = new DatabaseSync(path);
  file.exec("insert into kysely_migration (name, timestamp) values ('999-future', '')");
  await assert.rejects(openSqlite(path), { message: /a newer Sealift changed its schema \(999-future\)/ });
  file.exec("pragma locking_mode = exclusive; begin exclusive; commit");
  file.close();
});

test("openSqlite refuses a file that is no database", async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, "sealift.db");
  writeFileSync(path, "This is a text and not a database. ".repeat(100));
  await assert.rejects(openSqlite(path), /file is not a database/);
});

test("openSqlite keeps statements apart when there are more than it remembers", async () => {
  await using database = await openSqlite(":memory:");
  for (const round of [1, 2]) {
    for (let number = 0; number < 600; number++) {
      const { rows } = await sql.raw<{ answer: number }>(`select ${number} as answer`).execute(database.db);
      assert.deepEqual(
        rows.map(({ answer }) => answer),
        [number],
        `round ${round}`,
      );
    }
  }
});
