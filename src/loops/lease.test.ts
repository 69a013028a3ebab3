import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../test/support/databases.ts";
import { fakeTimers } from "../concurrency/timers.ts";
import { localWakes } from "../concurrency/wakes.ts";
import type { Database } from "../storage/database.ts";
import { leaseRecords } from "../storage/leases.ts";
import { leaseDuration, leaseNames, renewalInterval, sharedLeases, soleLeases } from "./lease.ts";
import { loop } from "./loop.ts";

/** A replica whose timers and monotonic clock move only when told to. */
async function startReplica(database: Database, replica: string) {
  const timers = fakeTimers();
  const errors: unknown[] = [];
  let time = 0;
  const leases = await sharedLeases({
    ...{ database, replica, timers },
    onError: (error) => errors.push(error),
    monotonic: () => time,
  });
  return {
    ...{ leases, timers, errors },
    holds: () => leaseNames.filter((name) => leases.isHeld(name)),
    pass(milliseconds: number) {
      time += milliseconds;
    },
    async renew() {
      timers.fire(renewalInterval);
      await leases.idle();
    },
    [Symbol.asyncDispose]: () => leases[Symbol.asyncDispose](),
  };
}

/** As if the holder had not renewed for longer than a lease lasts. */
async function expireAll({ db }: Database): Promise<void> {
  await db.updateTable("leases").set({ expires_at: 0 }).execute();
}

for (const { name, open } of databases()) {
  test(`the first replica holds every lease, the next one takes them once they have expired (${name})`, async () => {
    await using database = await open();
    await using first = await startReplica(database, "first");
    await using second = await startReplica(database, "second");
    assert.deepEqual([first.holds(), second.holds()], [[...leaseNames], []]);
    assert.deepEqual(await second.leases.replicas(), new Set(["first", "second"]));
    const taken: string[] = [];
    for (const lease of leaseNames) second.leases.onTaken(lease, () => taken.push(lease));
    await second.renew();
    assert.deepEqual(taken, []);
    await expireAll(database);
    await second.renew();
    assert.deepEqual(taken, [...leaseNames]);
    assert.deepEqual(second.holds(), [...leaseNames]);
    await first.renew();
    assert.deepEqual(first.holds(), [], "whoever comes back finds that it lost them");
  });

  test(`a replica that stops gives its leases up (${name})`, async () => {
    await using database = await open();
    const first = await startReplica(database, "first");
    await using second = await startReplica(database, "second");
    await first[Symbol.asyncDispose]();
    assert.deepEqual(first.holds(), []);
    await second.renew();
    assert.deepEqual(second.holds(), [...leaseNames]);
    assert.deepEqual(await second.leases.replicas(), new Set(["second"]));
  });
}

test("a replica that cannot renew stops holding its leases by itself, and reports why", async () => {
  await using database = await databases()[0]!.open();
  await using replica = await startReplica(database, "first");
  replica.pass(leaseDuration - 1);
  assert.deepEqual(replica.holds(), [...leaseNames]);
  replica.pass(1);
  assert.deepEqual(replica.holds(), []);
  await database.db.schema.alterTable("leases").renameTo("elsewhere").execute();
  await replica.renew();
  assert.equal(replica.errors.length, 1);
  await database.db.schema.alterTable("elsewhere").renameTo("leases").execute();
  await replica.renew();
  assert.deepEqual(replica.holds(), [...leaseNames]);
});

test("a loop works only under its lease, and at once when it is taken", async () => {
  await using database = await databases()[0]!.open();
  await leaseRecords(database).hold(leaseNames, "other", 60_000);
  await using replica = await startReplica(database, "first");
  const context = { leases: replica.leases, wakes: localWakes(), timers: replica.timers, onError: assert.fail };
  let rounds = 0;
  const work = async () => void rounds++;
  await using leased = loop(context, { lease: "services", interval: 1, topics: ["services"] }, work);
  context.wakes.wake("services");
  replica.timers.fire(1);
  await leased.idle();
  assert.equal(rounds, 0);
  await expireAll(database);
  await replica.renew();
  await leased.idle();
  assert.equal(rounds, 1);
  context.wakes.wake("services");
  await leased.idle();
  assert.equal(rounds, 2);
});

test("a loop without a lease works on every replica, and no longer once it has ended", async () => {
  const timers = fakeTimers();
  const context = { leases: soleLeases("one"), wakes: localWakes(), timers, onError: assert.fail };
  let rounds = 0;
  const work = async () => void rounds++;
  const every = loop(context, { interval: 5, topics: ["a"] }, work);
  timers.fire(5);
  await every.idle();
  await every[Symbol.asyncDispose]();
  timers.fire(5);
  context.wakes.wake("a");
  assert.equal(rounds, 1);
});
