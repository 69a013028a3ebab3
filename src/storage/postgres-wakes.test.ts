import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyPostgres } from "../../test/support/databases.ts";
import { skipUnless } from "../../test/support/require.ts";
import { until } from "../../test/support/until.ts";
import { payloads, postgresWakes } from "./postgres-wakes.ts";

const skip = await skipUnless("postgres");

async function twoProcesses() {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await emptyPostgres());
  const lost: unknown[] = [];
  const start = (origin: string) => stack.use(postgresWakes({ url, origin, onLost: (error) => lost.push(error) }));
  const [one, other] = [start("one"), start("other")];
  await Promise.all([one.connected(), other.connected()]);
  return { url, one, other, lost, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test("a wake reaches the other processes on the database, once though it came often", { skip }, async () => {
  await using opened = await twoProcesses();
  const { one, other } = opened;
  const heard: string[] = [];
  one.on("services", () => heard.push("one"));
  other.on("services", () => heard.push("other"));
  other.on("end", () => heard.push("end"));
  for (let wake = 0; wake < 3; wake++) one.wake("services");
  assert.deepEqual(heard.splice(0), ["one", "one", "one"], "its own process hears at once");
  one.wake("end");
  await until("the last wake has come", () => heard.includes("end") || undefined, { seconds: 10 });
  assert.deepEqual(heard, ["other", "end"]);
});

test("a lost connection is replaced, and then every listener is called", { skip }, async () => {
  await using opened = await twoProcesses();
  const { url, one, other, lost } = opened;
  let heard = 0;
  other.on("services", () => heard++);
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  // Anybody's notification is read without harm.
  for (const payload of ["", "{", "[]", "null", '{"topics":[1]}']) {
    await client.query("select pg_notify('sealift_wakes', $1)", [payload]);
  }
  await client.end();
  await until("the listener is called", () => heard > 0 || undefined, { seconds: 10 });
  await Promise.all([one.connected(), other.connected()]);
  assert.equal(lost.length, 2, "each loss is reported once");
  const before = heard;
  one.wake("services");
  await until("a wake comes through again", () => heard > before || undefined, { seconds: 10 });
});

test("payloads hold all topics, each below PostgreSQL's limit", () => {
  const topics = Array.from(
    { length: 500 },
    (_, index) => `instance:arn:aws:ecs:us-east-1:1:container-instance/é/${index}`,
  );
  const sent = [...payloads("replica", ["x".repeat(8_000), ...topics])];
  assert.ok(sent.length > 1);
  for (const payload of sent) assert.ok(Buffer.byteLength(payload) < 8_000);
  assert.deepEqual(
    sent.flatMap((payload) => JSON.parse(payload).topics),
    topics,
  );
  assert.deepEqual([...payloads("replica", [])], []);
});
