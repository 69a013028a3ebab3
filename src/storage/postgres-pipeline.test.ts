import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { emptyPostgres } from "../../test/support/databases.ts";
import { skipUnless } from "../../test/support/require.ts";
import { postgresPipeline } from "./postgres-pipeline.ts";

const skip = await skipUnless("postgres");

async function open() {
  const database = await emptyPostgres();
  const opened: pg.Client[] = [];
  const pipeline = postgresPipeline(async () => {
    const client = new pg.Client({ connectionString: database.url, pipeline: true });
    opened.push(client);
    await client.connect();
    return client;
  });
  return {
    ...{ opened, pipeline, database },
    async [Symbol.asyncDispose]() {
      await pipeline[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

const twice = (number: number) => ({ name: "twice", text: "select $1::int * 2 as doubled", values: [number] });

test("postgresPipeline answers each query with its own rows, over one connection", { skip }, async () => {
  await using setting = await open();
  const { opened, pipeline } = setting;
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const answers = await Promise.all(numbers.map((number) => pipeline.query(twice(number))));
  assert.deepEqual(
    answers,
    numbers.map((number) => [{ doubled: 2 * number }]),
  );
  assert.equal(opened.length, 1);
});

test("postgresPipeline fails a query that is wrong and none beside it", { skip }, async () => {
  await using setting = await open();
  const { pipeline } = setting;
  const wrong = { name: "wrong", text: "select $1::int / 0", values: [1] };
  const results = await Promise.allSettled(
    [twice(1), wrong, twice(2), { text: "nonsense" }, wrong, twice(3)].map(pipeline.query),
  );
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled", "rejected", "rejected", "fulfilled"],
  );
  assert.match(String((results[1] as PromiseRejectedResult).reason), /division by zero/);
});

test("postgresPipeline replaces a connection that was lost, and one that could not be opened", { skip }, async () => {
  await using setting = await open();
  const { opened, pipeline, database } = setting;
  await pipeline.query(twice(1));
  const sleeping = pipeline.query({ text: "select pg_sleep(60)" });
  const behind = pipeline.query(twice(2));
  await using admin = await connected(database.url);
  const others =
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  const ended = Promise.allSettled([sleeping, behind]);
  await admin.client.query(others);
  assert.deepEqual(
    (await ended).map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.deepEqual(await pipeline.query(twice(3)), [{ doubled: 6 }]);
  assert.equal(opened.length, 2);

  let isUp = false;
  await using flaky = postgresPipeline(async () => {
    if (!isUp) throw new Error("not yet");
    const client = new pg.Client({ connectionString: database.url, pipeline: true });
    await client.connect();
    return client;
  });
  await assert.rejects(flaky.query(twice(1)), /not yet/);
  isUp = true;
  assert.deepEqual(await flaky.query(twice(1)), [{ doubled: 2 }]);
});

async function connected(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}
