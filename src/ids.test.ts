import assert from "node:assert/strict";
import { test } from "node:test";
import { randomIds, timedUuidPrefix, timeOfUuid } from "./ids.ts";

const { timedUuid } = randomIds;

test("timed UUIDs are version 7, tell their time, and sort in the order in which they are made", () => {
  const start = Date.UTC(2026, 0, 2);
  const times = Array.from({ length: 3_000 }, (_, index) => start + Math.floor(index / 1_000));
  const made = times.map((time) => timedUuid(new Date(time)));
  assert.equal(new Set(made).size, made.length);
  assert.deepEqual(made.toSorted(), made);
  assert.deepEqual(made.map(timeOfUuid), times);
  for (const uuid of made) {
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  assert(made.every((uuid, index) => uuid > timedUuidPrefix(times[index]!)));
});

test("more timed UUIDs of a millisecond than it can count are still different", () => {
  const time = new Date(Date.UTC(2026, 0, 3));
  const made = new Set(Array.from({ length: 5_000 }, () => timedUuid(time)));
  assert.equal(made.size, 5_000);
});

test("a clock that goes back gives UUIDs of the earlier time", () => {
  const late = Date.UTC(2026, 0, 4);
  timedUuid(new Date(late));
  assert.equal(timeOfUuid(timedUuid(new Date(late - 1))), late - 1);
});
