import assert from "node:assert/strict";
import { test } from "node:test";
import { atMost } from "./at-most.ts";

test("atMost waits for the work, fails with it, and gives up when the time is over", async () => {
  const steps: string[] = [];
  await atMost(
    60_000,
    new Promise<void>((resolve) => setImmediate(resolve)).then(() => void steps.push("done")),
  );
  assert.deepEqual(steps, ["done"]);
  await assert.rejects(atMost(60_000, Promise.reject(new Error("broken"))), /broken/);
  await atMost(1, new Promise(() => {}));
});

test("atMost leaves no timer behind", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await atMost(60_000, Promise.resolve());
  assert.equal(timers(), before);
});
