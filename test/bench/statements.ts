import { randomBytes, randomInt } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type pg from "pg";
import { emptyPostgres } from "../support/databases.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

/** The floor of a store: prepared statements a second, one after the other, over as many rows, in this process. */
export interface Statements {
  readonly reads: number;
  /** Each is committed to the disk before the next. */
  readonly writes: number;
}

const milliseconds = 2_000;
const connections = 16;
const value = randomBytes(200);

export async function sqliteStatements(rows: number): Promise<Statements> {
  await using directory = await throwAwayDirectory("sealift-bench-");
  const file = new DatabaseSync(`${directory.path}/bare.db`);
  file.exec(
    "pragma journal_mode = wal; pragma synchronous = full; create table bare (id text primary key, value blob)",
  );
  const write = file.prepare("insert or replace into bare values (?, ?)");
  const read = file.prepare("select value from bare where id = ?");
  file.exec("begin");
  for (let row = 0; row < rows; row++) write.run(`row-${row}`, value);
  file.exec("commit");
  const statements = {
    reads: rate(() => read.get(`row-${randomInt(rows)}`)),
    writes: rate(() => write.run(`row-${randomInt(rows)}`, value)),
  };
  file.close();
  return statements;
}

function rate(run: () => unknown): number {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < milliseconds) {
    run();
    count++;
  }
  return count / ((performance.now() - started) / 1_000);
}

export async function postgresStatements(rows: number): Promise<Statements> {
  await using empty = await emptyPostgres();
  const { default: driver } = await import("pg");
  const pool = new driver.Pool({ connectionString: empty.url, max: connections });
  // The database is dropped while the last connections are still closing.
  pool.on("error", () => {});
  await pool.query("create table bare (id text primary key, value bytea)");
  await pool.query("insert into bare select 'row-' || n, $1 from generate_series(0, $2 - 1) n", [value, rows]);
  const id = () => `row-${randomInt(rows)}`;
  const read = { name: "read", text: "select value from bare where id = $1" };
  const write = { name: "write", text: "update bare set value = $2 where id = $1" };
  const statements = {
    reads: await sharedRate(pool, (client) => client.query({ ...read, values: [id()] })),
    writes: await sharedRate(pool, (client) => client.query({ ...write, values: [id(), value] })),
  };
  await pool.end();
  return statements;
}

async function sharedRate(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await pool.connect();
      while (performance.now() - started < milliseconds) {
        await run(client);
        count++;
      }
      client.release();
    }),
  );
  return count / ((performance.now() - started) / 1_000);
}
