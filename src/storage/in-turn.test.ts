import assert from "node:assert/strict";
import { test } from "node:test";
import { turns } from "./in-turn.ts";

test("inTurn runs work on one key in order, also after a failure, and work on another key at once", async () => {
  const inTurn = turns();
  const events: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const first = inTurn("a", async () => {
    await gate;
    events.push("first");
    throw new Error("failed");
  });
  const second = inTurn("a", async () => events.push("second"));
  await inTurn("b", async () => events.push("other"));
  open();
  await assert.rejects(first, /failed/);
  await second;
  assert.deepEqual(events, ["other", "first", "second"]);
});
