import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { databases } from "../../../test/support/databases.ts";
import { randomIds } from "../../ids.ts";
import { auditOver, callOf } from "../audit.fixture.ts";
import { type EventDocument, eventTime } from "../event/event.ts";
import { eventStore, verifyEvents } from "../index.ts";

const runs = { sqlite: 150, postgres: 12 };

const start = Date.parse("2026-01-02T03:04:05.000Z");
const names = ["root", "Root", "undefined", "a", 'q"\\', "ü\u{1f600}", "\ud800", "nul\0", "a b", "x".repeat(1_900)];
const accounts = ["111122223333", "444455556666"];
const regions = ["us-east-1", "eu-west-1"];
const kinds = ["name", "source", "username", "key", "read-only", "type", "resource", "id"] as const;
type Kind = (typeof kinds)[number];

/** Around borders of slots and seconds, and now and then far back, as a call that took long or a clock that was set. */
const offset = fc.oneof(
  fc.constantFrom(0, 1, 19, 20, 21, 980, 999, 1_000, 1_001, 1_019, 1_020, 60_000),
  fc.integer({ min: 0, max: 2_500 }),
);

const drawn = fc.record({
  at: offset,
  account: fc.constantFrom(...accounts),
  region: fc.constantFrom(...regions),
  name: fc.constantFrom("Get", "Put", "GetMore"),
  source: fc.constantFrom("iam.amazonaws.com", "ssm.amazonaws.com"),
  user: fc.option(fc.constantFrom(...names), { nil: undefined }),
  isRoot: fc.boolean(),
  key: fc.option(fc.constantFrom("AKIABOB", "AKIABOBBY", "undefined"), { nil: undefined }),
  readOnly: fc.boolean(),
  resources: fc.array(fc.constantFrom("db", "db-AbCdEf", "d", "a/db", "\ud800", 'q"\\', "é"), { maxLength: 2 }),
  isDenied: fc.boolean(),
  store: fc.integer({ min: 0, max: 1 }),
  alone: fc.boolean(),
  copies: fc.constantFrom(1, 1, 1, 1, 1, 1, 130),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const asked = fc.record({
  kind: fc.constantFrom(undefined, ...kinds),
  pick: fc.nat(),
  account: fc.constantFrom(...accounts),
  region: fc.constantFrom(...regions),
  from: fc.option(offset, { nil: undefined }),
  to: fc.option(offset, { nil: undefined }),
  limit: fc.constantFrom(1, 2, 7, 50),
});

function documentOf({ at, account, region, name, source, user, isRoot, key, readOnly, resources }: Drawn) {
  const time = new Date(start + at);
  const userIdentity = {
    ...(isRoot ? { type: "Root" } : { type: "IAMUser", ...(user !== undefined && { userName: user }) }),
    ...(key !== undefined && { accessKeyId: key }),
  };
  return callOf(time, name, {
    ...{ userIdentity, readOnly, eventSource: source, awsRegion: region, recipientAccountId: account },
    ...{ eventTime: eventTime(time), eventID: randomIds.timedUuid(time) },
    resources: resources.map((resource) => {
      const ARN = `arn:aws:secretsmanager:${region}:${account}:secret:${resource}`;
      return { accountId: account, type: `AWS::Type${resource.length}`, ARN };
    }),
  });
}

/** The attributes by which an event can be looked up, derived without the stored form. */
function valuesOf(event: EventDocument, kind: Kind): string[] {
  const { userIdentity: who, resources = [] } = event;
  const some = (value: string | undefined) =>
    value === undefined ? [] : [value.replaceAll("\0", "\u{fffd}").toWellFormed()];
  switch (kind) {
    case "id":
      return [event.eventID];
    case "name":
      return [event.eventName];
    case "source":
      return [event.eventSource];
    case "username":
      return some(who.type === "Root" ? "root" : who.userName);
    case "key":
      return some(who.accessKeyId);
    case "read-only":
      return [String(event.readOnly)];
    case "type":
      return resources.map(({ type }) => type);
    case "resource":
      return resources.flatMap(({ ARN }) => {
        const name = ARN.split(":secret:")[1]!;
        return [ARN, name, name.replace(/-.{6}$/, "")].flatMap(some);
      });
  }
}

for (const kind of databases()) {
  test(`Whatever is written, looking it up finds what a filter over all of it does (${kind.name})`, async () => {
    await using database = await kind.open();
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { maxLength: 40 }),
        fc.array(asked, { maxLength: 8 }),
        async (events, questions) => {
          for (const table of ["batches", "terms", "streams"] as const) {
            await database.db.deleteFrom(`cloudtrail_${table}`).execute();
          }
          const audit = auditOver(database);
          const stores = [audit.events, eventStore(audit.options)];
          const all: EventDocument[] = [];
          let pending: Promise<void>[] = [];
          for (const event of events) {
            for (let copy = 0; copy < event.copies; copy++) {
              const document = documentOf(event);
              all.push(document);
              pending.push(
                stores[event.store]!.write({ document, ...(event.isDenied && { decision: { by: "test" } }) }),
              );
            }
            if (event.alone) await Promise.all(pending.splice(0));
          }
          await Promise.all(pending);
          pending = [];
          const { events: count, findings } = await verifyEvents(database.db, audit.keyring);
          assert.deepEqual([count, findings], [all.length, []]);
          all.sort((one, other) => (one.eventID < other.eventID ? 1 : -1));
          for (const { kind, pick, account, region, from, to, limit } of questions) {
            const values = kind === undefined ? [] : [...new Set(all.flatMap((event) => valuesOf(event, kind)))];
            const value = values[pick % values.length] ?? "none";
            const expected = all.filter((event) => {
              const at = Number.parseInt(event.eventID.replaceAll("-", "").slice(0, 12), 16) - start;
              if (event.recipientAccountId !== account || event.awsRegion !== region) return false;
              return (
                at >= (from ?? 0) && at <= (to ?? at) && (kind === undefined || valuesOf(event, kind).includes(value))
              );
            });
            const found: string[] = [];
            const dateOf = (at: number | undefined) => (at === undefined ? undefined : new Date(start + at));
            for (;;) {
              const page = await stores[pick % 2]!.find({
                ...{ account, region, from: dateOf(from), to: dateOf(to), limit, after: found.at(-1) },
                attribute: kind && { kind, value },
              });
              found.push(...page.map(({ id }) => id));
              if (page.length < limit) break;
            }
            assert.deepEqual(
              found,
              expected.map(({ eventID }) => eventID),
              `${kind} ${value}`,
            );
          }
        },
      ),
      { numRuns: runs[kind.name] },
    );
  });
}
