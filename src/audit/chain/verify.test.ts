import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { emptyDatabase } from "../../server/reset.ts";
import { auditOver, callOf } from "../audit.fixture.ts";
import { eventStore, streamReader, verifyEvents } from "../index.ts";
import { linkHash, positionOf } from "./chain.ts";

const day = 24 * 60 * 60 * 1000;

for (const kind of databases()) {
  /** Two streams, of seven events, the first four of them written together, and of two. */
  async function written() {
    const database = await kind.open();
    const audit = auditOver(database, { age: 90 * day });
    const write = (name: string) => audit.events.write({ document: callOf(audit.clock.now(), name) });
    await Promise.all([1, 2, 3, 4].map((index) => write(`Event${index}`)));
    audit.clock.advance(1_000);
    for (const index of [5, 6, 7]) await write(`Event${index}`);
    const other = eventStore(audit.options);
    await other.write({ document: callOf(audit.clock.now(), "Denied"), decision: { access: "none" } });
    await other.write({ document: callOf(audit.clock.now(), "Last") });
    const verify = async () => {
      const { events, streams, findings } = await verifyEvents(database.db, audit.keyring);
      return { events, streams, findings: findings.map(({ stream, sequence, what }) => [stream, sequence, what]) };
    };
    return { ...audit, write, other, verify, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`Events that nobody touched verify, each process's in a chain of its own (${kind.name})`, async () => {
    await using audit = await written();
    assert.deepEqual(await audit.verify(), { events: 9, streams: 2, findings: [] });
  });

  test(`A removed event is found, in the middle, at the beginning and at the end (${kind.name})`, async () => {
    await using audit = await written();
    const remove = (stream: number, sequence: number) =>
      audit.database.db.deleteFrom("cloudtrail_batches").where("position", "=", positionOf(stream, sequence)).execute();
    await remove(1, 5);
    await remove(2, 2);
    assert.deepEqual((await audit.verify()).findings, [
      [1, 4, "event 5 was removed"],
      [2, 1, "event 2 was removed"],
    ]);
    await remove(1, 4);
    await remove(1, 7);
    assert.deepEqual((await audit.verify()).findings, [
      [1, 0, "events 1 to 5 were removed"],
      [1, 6, "event 7 was removed"],
      [2, 1, "event 2 was removed"],
    ]);
  });

  test(`An edited event is found, whatever of it was edited, and whoever makes the hashes anew (${kind.name})`, async () => {
    await using audit = await written();
    const { db } = audit.database;
    const at = (stream: number, sequence: number) => positionOf(stream, sequence);
    const row = (position: number) =>
      db.selectFrom("cloudtrail_batches").selectAll().where("position", "=", position).executeTakeFirstOrThrow();
    const change = (position: number, set: object) =>
      db.updateTable("cloudtrail_batches").set(set).where("position", "=", position).execute();
    const edit = ({ events }: { readonly events: Uint8Array }, from: string, to: string) =>
      Buffer.from(Buffer.from(events).toString().replace(from, to));
    await change(at(1, 4), { events: edit(await row(at(1, 4)), "192.0.2.1", "192.0.2.2") });
    await change(at(1, 5), { account: "444455556666" });
    await change(at(1, 6), { slot: 1 });
    await change(at(2, 1), { decision: null });
    assert.deepEqual((await audit.verify()).findings, [
      [1, 4, "or another of events 1 to 4 was edited, or put in the place of another"],
      [1, 5, "was edited: its account is not the event's"],
      [1, 6, "was edited: its time is not the event's"],
      [2, 1, "was edited, or put in the place of another"],
    ]);
    // The last event of a chain, with a hash that fits.
    const before = await row(at(1, 6));
    const last = await row(at(1, 7));
    const edited = edit(last, "192.0.2.1", "192.0.2.3");
    await change(at(1, 7), { events: edited, hash: Buffer.from(linkHash(before.hash, edited, null)) });
    const found = (await audit.verify()).findings.filter(([, sequence]) => sequence === 7);
    assert.deepEqual(found, [[1, 7, "is not the event that the server wrote last"]]);
  });

  test(`An event that is removed from those written together is found, though nothing else changes (${kind.name})`, async () => {
    await using audit = await written();
    const { db } = audit.database;
    const together = db.selectFrom("cloudtrail_batches").select("events").where("position", "=", positionOf(1, 4));
    const [first, , ...rest] = Buffer.from((await together.executeTakeFirstOrThrow()).events)
      .toString()
      .split("\n");
    const events = Buffer.from([first, ...rest].join("\n"));
    await db.updateTable("cloudtrail_batches").set({ events }).where("position", "=", positionOf(1, 4)).execute();
    assert.deepEqual((await audit.verify()).findings, [[1, 0, "event 1 was removed"]]);
  });

  test(`An inserted event and an inserted or removed stream are found (${kind.name})`, async () => {
    await using audit = await written();
    const { db } = audit.database;
    const last = await db
      .selectFrom("cloudtrail_batches")
      .selectAll()
      .where("position", "=", positionOf(1, 7))
      .executeTakeFirstOrThrow();
    const events = Buffer.from(JSON.stringify(callOf(audit.clock.now(), "Event8")));
    const hash = Buffer.from(linkHash(last.hash, events, null));
    await db
      .insertInto("cloudtrail_batches")
      .values({ ...last, position: positionOf(1, 8), events, hash })
      .execute();
    assert.deepEqual((await audit.verify()).findings, [[1, 8, "was inserted behind event 7, the last"]]);
    await db.deleteFrom("cloudtrail_streams").where("stream", "=", 2).execute();
    assert.deepEqual((await audit.verify()).findings.slice(0, 1), [
      [2, undefined, "was removed, with all of its events"],
    ]);
    await db.deleteFrom("cloudtrail_batches").where("position", ">", positionOf(1, 7)).execute();
    assert.deepEqual((await audit.verify()).findings, [[2, undefined, "was removed, with all of its events"]]);
    await db
      .updateTable("cloudtrail_streams")
      .set({ head: Buffer.alloc(40) })
      .where("stream", "=", 0)
      .execute();
    assert.equal((await audit.verify()).findings.length, 1);
  });

  test(`Retention by age cuts the beginning, which verifies still; what others remove does not (${kind.name})`, async () => {
    await using audit = await written();
    const { db } = audit.database;
    audit.clock.advance(90 * day);
    await audit.events.purge();
    // Four events are older by a second.
    assert.deepEqual(await audit.verify(), { events: 5, streams: 2, findings: [] });
    audit.clock.advance(60 * 60 * 1000);
    await audit.events.purge();
    assert.deepEqual((await audit.verify()).events, 0);
    await audit.write("Afterwards");
    await audit.write("Last");
    await audit.events.purge();
    const { events, findings } = await audit.verify();
    assert.equal(events, 2);
    assert.deepEqual(findings, []);
    const terms = await db
      .selectFrom("cloudtrail_terms")
      .select("term")
      .where("term", "like", "name:%")
      .orderBy("term")
      .execute();
    assert.deepEqual(
      terms.map(({ term }) => term),
      ["name:Afterwards", "name:Last"],
    );
    await db.deleteFrom("cloudtrail_batches").where("position", "=", positionOf(1, 8)).execute();
    assert.deepEqual((await audit.verify()).findings, [[1, 7, "event 8 was removed"]]);
  });

  test(`Retention lets others be served while it removes much (${kind.name})`, async () => {
    await using database = await kind.open();
    const audit = auditOver(database, { age: day });
    const denied = Array.from({ length: 450 }, () => callOf(audit.clock.now(), "Denied"));
    await Promise.all(denied.map((document) => audit.events.write({ document, decision: {} })));
    audit.clock.advance(2 * day);
    let served = 0;
    let next = setImmediate(function serve() {
      served++;
      next = setImmediate(serve);
    });
    await audit.events.purge();
    clearImmediate(next);
    assert.ok(served > 4, `${served}`);
    assert.equal((await verifyEvents(database.db, audit.keyring)).events, 0);
  });

  test(`Retention by size removes the oldest events, of all streams (${kind.name})`, async () => {
    await using database = await kind.open();
    const audit = auditOver(database, { age: 90 * day, size: 6_000_000 });
    const userAgent = "x".repeat(1_000);
    for (let count = 0; count < 3; count++) {
      const batch = Array.from({ length: 2_000 }, () => callOf(audit.clock.now(), `Event${count}`, { userAgent }));
      await Promise.all(batch.map((document) => audit.events.write({ document })));
      audit.clock.advance(1_000);
    }
    audit.clock.advance(60 * 60 * 1000);
    await audit.events.purge();
    const { events, findings } = await verifyEvents(database.db, audit.keyring);
    assert.deepEqual([events > 2_000 && events < 4_500, findings], [true, []]);
    const { value: first } = await streamReader(database.db).batches(1, 0).next();
    assert.doesNotMatch(first!.lines[0]!, /Event0/);
    const names = await database.db
      .selectFrom("cloudtrail_terms")
      .select("term")
      .where("term", "=", "name:Event0")
      .execute();
    assert.deepEqual(names, []);
  });

  test(`Many processes write at once, and none of their events is lost (${kind.name})`, async () => {
    await using database = await kind.open();
    const audit = auditOver(database);
    const stores = Array.from({ length: 4 }, () => eventStore(audit.options));
    const each = Array.from({ length: 50 }, (_, index) => index);
    await Promise.all(
      stores.flatMap((events) => each.map(() => events.write({ document: callOf(audit.clock.now(), "Many") }))),
    );
    const { events, streams, findings } = await verifyEvents(database.db, audit.keyring);
    assert.deepEqual([events, streams, findings], [200, 4, []]);
  });

  test(`After a reset the trail begins anew, and verifies and is looked up (${kind.name})`, async () => {
    await using database = await kind.open();
    const audit = auditOver(database);
    const write = () => audit.events.write({ document: callOf(audit.clock.now(), "Get") });
    await write();
    await emptyDatabase(database);
    await audit.events.restart();
    await write();
    assert.deepEqual(await verifyEvents(database.db, audit.keyring), { events: 1, streams: 1, findings: [] });
    const attribute = { kind: "name", value: "Get" } as const;
    const scope = { account: "111122223333", region: "us-east-1", from: undefined, to: undefined, after: undefined };
    assert.equal((await audit.events.find({ ...scope, attribute, limit: 10 })).length, 1);
  });

  test(`What a service records in a transaction is chained after it, and not where it is undone (${kind.name})`, async () => {
    await using database = await kind.open();
    const audit = auditOver(database);
    const event = {
      ...{ account: "111122223333", region: "us-east-1", service: "ssm", time: audit.clock.now() },
      ...{ resources: [], additionalData: {} },
    };
    await assert.rejects(
      database.transaction(async (db) => {
        await audit.events.record({ ...event, name: "Undone" }, db);
        throw new Error("no further");
      }),
    );
    await database.transaction((db) => audit.events.record({ ...event, name: "Done" }, db));
    await audit.events.settle();
    const batches = await Array.fromAsync(streamReader(database.db).batches(1, 0));
    const names = batches.flatMap(({ lines }) => lines.map((line) => JSON.parse(line).eventName));
    assert.deepEqual(names, ["Done"]);
    assert.deepEqual(await database.db.selectFrom("cloudtrail_pending").selectAll().execute(), []);
    assert.deepEqual((await verifyEvents(database.db, audit.keyring)).findings, []);
  });
}
