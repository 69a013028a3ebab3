import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { databases } from "../../test/support/databases.ts";
import { leaseRecords } from "./leases.ts";

const long = 60_000;

for (const { name, open } of databases()) {
  test(`a lease has one holder, who renews it until it is released (${name})`, async () => {
    await using database = await open();
    const leases = leaseRecords(database);
    assert.deepEqual([...(await leases.hold(["b", "a"], "one", long))].sort(), ["a", "b"]);
    assert.deepEqual(await leases.hold(["a", "c"], "other", long), ["c"]);
    assert.deepEqual([...(await leases.hold(["a", "b", "c"], "one", long))].sort(), ["a", "b"]);
    assert.deepEqual(await leases.holders(), new Set(["one", "other"]));
    await leases.release("one");
    assert.deepEqual(await leases.holders(), new Set(["other"]));
    assert.deepEqual([...(await leases.hold(["a", "b", "c"], "other", long))].sort(), ["a", "b", "c"]);
  });

  test(`a lease that expired is anybody's, and is forgotten in the end (${name})`, async () => {
    await using database = await open();
    const leases = leaseRecords(database);
    await leases.hold(["a", "b"], "dead", 1);
    await setTimeout(5);
    assert.deepEqual(await leases.holders(), new Set());
    assert.deepEqual(await leases.hold(["a"], "alive", long), ["a"]);
    await leases.forget(long);
    assert.equal((await database.db.selectFrom("leases").selectAll().execute()).length, 2);
    await leases.forget(0);
    const left = await database.db.selectFrom("leases").select("name").execute();
    assert.deepEqual(
      left.map(({ name }) => name),
      ["a"],
    );
  });

  test(`of many who want a lease at once one gets it (${name})`, async () => {
    await using database = await open();
    const leases = leaseRecords(database);
    const holders = Array.from({ length: 10 }, (_, index) => `holder ${index}`);
    const held = await Promise.all(holders.map((holder) => leases.hold(["a", "b"], holder, long)));
    assert.equal(held.filter((names) => names.length > 0).length, 1);
  });
}
