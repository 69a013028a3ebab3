import assert from "node:assert/strict";
import { test } from "node:test";
import { limited } from "./limit.ts";

test("limited runs so many at a time, also after one that failed", async () => {
  const run = limited(2);
  let [running, highest] = [0, 0];
  const done = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((number) =>
      run(async () => {
        running += 1;
        highest = Math.max(highest, running);
        await new Promise(setImmediate);
        running -= 1;
        if (number === 2) throw new Error("two");
        return number;
      }),
    ),
  );
  assert.equal(highest, 2);
  assert.deepEqual(
    done.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason))),
    [1, "Error: two", 3, 4, 5],
  );
});
