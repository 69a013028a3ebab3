import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kysely } from "kysely";
import { databases } from "../../../test/support/databases.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { auditOver, callOf } from "../audit.fixture.ts";
import { eventStore, streamReader, verifyEvents } from "../index.ts";
import { linkHash, positionOf, startOf } from "./chain.ts";

const day = 24 * 60 * 60 * 1000;

for (const kind of databases()) {
  /** A stream of events 20 ms after one another, each in a row of its own. */
  async function written(count: number) {
    const database = await kind.open();
    const audit = auditOver(database, { age: 90 * day });
    const { db } = database;
    const write = (name: string) => audit.events.write({ document: callOf(audit.clock.now(), name) });
    for (let index = 1; index <= count; index++) {
      await write(`Event${index}`);
      audit.clock.advance(20);
    }
    const verify = async (read: Kysely<Tables> = db) =>
      (await verifyEvents(read, audit.keyring)).findings.map(({ stream, sequence, what }) => [stream, sequence, what]);
    const row = (sequence: number) =>
      db
        .selectFrom("cloudtrail_batches")
        .selectAll()
        .where("position", "=", positionOf(1, sequence))
        .executeTakeFirstOrThrow();
    const change = (sequence: number, set: object) =>
      db.updateTable("cloudtrail_batches").set(set).where("position", "=", positionOf(1, sequence)).execute();
    return { ...audit, db, write, verify, row, change, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  /** Does something while a reader is between two of its reads of events. */
  function onFirstRead(db: Kysely<Tables>, act: () => Promise<unknown>): Kysely<Tables> {
    let isDone = false;
    return db.withPlugin({
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        if (!isDone && result.rows.some((row) => "events" in row)) {
          isDone = true;
          await act();
        }
        return result;
      },
    });
  }

  test(`An event is found that was inserted outside of what the chains hold (${kind.name})`, async () => {
    await using audit = await written(3);
    const { db } = audit;
    const forged = {
      ...(await audit.row(1)),
      events: Buffer.from(JSON.stringify(callOf(audit.clock.now(), "Forged"))),
    };
    const insert = (position: number) =>
      db
        .insertInto("cloudtrail_batches")
        .values({ ...forged, position })
        .execute();
    const none = [0, undefined, "has events, but was never begun"];
    const cases = [
      [positionOf(1, 0), [[1, 0, "1 rows were inserted before its first event"]]],
      [positionOf(0, 7), [none]],
      [-1, [none]],
      [Number.MAX_SAFE_INTEGER + 1, [none]],
      [positionOf(2, 1), [[2, undefined, "has events, but was never begun"]]],
    ] as const;
    for (const [position, expected] of cases) {
      await insert(position);
      assert.deepEqual(await audit.verify(), expected);
      await db.deleteFrom("cloudtrail_batches").where("position", "=", position).execute();
    }
    audit.clock.advance(90 * day);
    await audit.events.purge();
    await audit.write("Afterwards");
    assert.deepEqual(await audit.verify(), []);
    await insert(positionOf(1, 2));
    assert.deepEqual(await audit.verify(), [[1, 0, "1 rows were inserted before its first event"]]);
  });

  test(`What is no event at all is found, and verifying goes on (${kind.name})`, async () => {
    await using audit = await written(3);
    const texts = ["null", "{}", "no JSON", "", '{"eventID":"x"}', '{"eventID":5}'];
    for (const text of texts) {
      await audit.change(2, { events: Buffer.from(text) });
      assert.deepEqual(
        await audit.verify(),
        [
          [1, 2, "was edited, or put in the place of another"],
          [1, 2, "was edited: it is no event"],
        ],
        text,
      );
    }
  });

  test(`Whoever makes events look old does not get retention to remove their traces (${kind.name})`, async () => {
    await using audit = await written(4);
    const two = await audit.row(2);
    await audit.change(1, { slot: 1 });
    await audit.events.purge();
    assert.deepEqual(await audit.verify(), [[1, 1, "was edited: its time is not the event's"]]);
    // Old in all that it says, but not in the chain; then in a chain that is made anew.
    const old = Buffer.from(JSON.stringify(callOf(new Date(0), "Event1")));
    await audit.change(1, { slot: 0, events: old });
    await audit.events.purge();
    assert.equal((await audit.verify()).length, 1);
    const hash = linkHash(startOf(1).hash, old, null);
    await audit.change(1, { hash });
    await audit.change(2, { hash: linkHash(hash, two.events, null) });
    await audit.events.purge();
    assert.equal((await audit.verify()).length, 1, "the next");
    await audit.events.purge();
    assert.equal((await audit.verify()).length, 1, "still");
  });

  test(`A whole stream of old events that somebody made is not removed (${kind.name})`, async () => {
    await using audit = await written(1);
    const old = Buffer.from(JSON.stringify(callOf(new Date(0), "Event1")));
    await audit.change(1, { slot: 0, events: old, hash: linkHash(startOf(1).hash, old, null) });
    await audit.events.purge();
    assert.deepEqual(await audit.verify(), [[1, 1, "is not the event that the server wrote last"]]);
  });

  test(`Nobody gets retention by size to remove what is not too much (${kind.name})`, async () => {
    await using audit = await written(3);
    const store = () => eventStore({ ...audit.options, retention: { age: 90 * day, size: 3_000 } });
    await audit.db
      .updateTable("cloudtrail_streams")
      .set({ written: 2 ** 40 })
      .where("stream", "=", 1)
      .execute();
    await store().purge();
    assert.deepEqual(await audit.verify(), []);
    assert.equal((await verifyEvents(audit.db, audit.keyring)).events, 3);
    // Removing more does not hide what others removed.
    await audit.db.deleteFrom("cloudtrail_batches").execute();
    const other = store();
    for (let index = 0; index < 4; index++) await other.write({ document: callOf(audit.clock.now(), "Other") });
    await other.purge();
    assert.deepEqual(await audit.verify(), [[1, 0, "events 1 to 3 were removed"]]);
    assert.equal((await verifyEvents(audit.db, audit.keyring)).events, 4);
  });

  test(`Retention by size removes the oldest events, though one process wrote seldom (${kind.name})`, async () => {
    await using audit = await written(0);
    const other = eventStore({ ...audit.options, retention: { age: 90 * day, size: 25_000 } });
    const write = (events: typeof other, name: string) => events.write({ document: callOf(audit.clock.now(), name) });
    await write(audit.events, "First");
    audit.clock.advance(1_000);
    for (let index = 0; index < 50; index++) {
      await write(other, `Old${index}`);
      audit.clock.advance(1_000);
    }
    audit.clock.advance(60 * 60 * 1000);
    for (let index = 0; index < 50; index++) await write(audit.events, `New${index}`);
    await other.purge();
    const kept = await Array.fromAsync(streamReader(audit.db).batches(1, 0));
    assert.equal(kept.flatMap(({ lines }) => lines).length, 50);
    assert.deepEqual(await audit.verify(), []);
  });

  test(`A stream that was removed is missed, though another begins (${kind.name})`, async () => {
    await using audit = await written(1);
    const begin = () => eventStore(audit.options).write({ document: callOf(audit.clock.now(), "Other") });
    await begin();
    await audit.db.deleteFrom("cloudtrail_batches").where("position", ">", positionOf(2, 0)).execute();
    await audit.db.deleteFrom("cloudtrail_streams").where("stream", "=", 2).execute();
    await begin();
    assert.deepEqual(await audit.verify(), [[2, undefined, "was removed, with all of its events"]]);
    const findings = async () => (await audit.verify()).map(([stream, , what]) => [stream, what]);
    const uncounted = [0, "does not tell how many streams there are: it was changed or removed"];
    const missing = [2, "was removed, with all of its events"];
    await audit.db
      .updateTable("cloudtrail_streams")
      .set({ head: Buffer.alloc(40) })
      .where("stream", "=", 0)
      .execute();
    await begin();
    assert.deepEqual(await findings(), [uncounted, missing]);
    await audit.db.deleteFrom("cloudtrail_streams").where("stream", "=", 0).execute();
    await begin();
    assert.deepEqual(await findings(), [uncounted, missing]);
  });

  test(`What others put among the events of services is not chained, and hinders nobody (${kind.name})`, async () => {
    await using audit = await written(0);
    const forged = callOf(audit.clock.now(), "Forged");
    for (const text of [JSON.stringify(forged), "no JSON"]) {
      await audit.db
        .insertInto("cloudtrail_pending")
        .values({ event_id: text.slice(0, 40), event: Buffer.from(text) })
        .execute();
      await Promise.all([audit.events.purge(), audit.write("Written")]);
    }
    const scope = { account: "111122223333", region: "us-east-1", from: undefined, to: undefined, after: undefined };
    const found = await audit.events.find({ ...scope, attribute: undefined, limit: 10 });
    assert.deepEqual(
      found.map(({ name }) => name),
      ["Written", "Written"],
    );
  });

  test(`A process that begins to write while events are verified is no finding (${kind.name})`, async () => {
    await using audit = await written(3);
    const begin = () => eventStore(audit.options).write({ document: callOf(audit.clock.now(), "Other") });
    assert.deepEqual(await audit.verify(onFirstRead(audit.db, begin)), []);
  });

  test(`Retention that cuts what is being verified is no finding (${kind.name})`, async () => {
    await using audit = await written(450);
    audit.clock.advance(90 * day - 450 * 20 + 425 * 20);
    assert.deepEqual(await audit.verify(onFirstRead(audit.db, audit.events.purge)), []);
    const { count } = await audit.db
      .selectFrom("cloudtrail_batches")
      .select(({ fn }) => fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), 25);
  });

  test(`Retention forgets no attribute of an event that was written late (${kind.name})`, async () => {
    await using audit = await written(0);
    const began = audit.clock.now();
    const other = { userIdentity: { type: "IAMUser", userName: "eve" } };
    audit.clock.advance(2 * day);
    for (let index = 0; index < 2; index++) {
      await audit.write("Other");
      await audit.events.write({ document: callOf(began, "Slow", other) });
    }
    await audit.events.purge();
    const attribute = { kind: "username", value: "eve" } as const;
    const scope = { account: "111122223333", region: "us-east-1", from: undefined, to: undefined, after: undefined };
    const found = await audit.events.find({ ...scope, attribute, limit: 10 });
    assert.equal(found.length, 2);
  });
}
