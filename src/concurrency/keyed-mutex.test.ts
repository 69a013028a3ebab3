import assert from "node:assert/strict";
import { test } from "node:test";
import { keyedMutex } from "./keyed-mutex.ts";

test("exclusively runs work on one key in order, also after a failure, and work on another key at once", async () => {
  const exclusively = keyedMutex();
  const events: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const first = exclusively("a", async () => {
    await gate;
    events.push("first");
    throw new Error("failed");
  });
  const second = exclusively("a", async () => events.push("second"));
  await exclusively("b", async () => events.push("other"));
  open();
  await assert.rejects(first, /failed/);
  await second;
  assert.deepEqual(events, ["other", "first", "second"]);
});
