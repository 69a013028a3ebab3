import assert from "node:assert/strict";
import { test } from "node:test";
import { groupCommit } from "./group-commit.ts";

test("groupCommit writes together what comes before a write or during the one before, and everything once", async () => {
  const gates = [0, 1, 2].map(() => ({
    begun: Promise.withResolvers<void>(),
    done: Promise.withResolvers<void>(),
  }));
  const groups: (readonly number[])[] = [];
  const write = groupCommit<number>(async (items) => {
    const gate = gates[groups.push(items) - 1]!;
    gate.begun.resolve();
    await gate.done.promise;
  });
  const first = [write(1), write(2)];
  await gates[0]!.begun.promise;
  const during = [write(3), write(4)];
  gates[0]!.done.resolve();
  await Promise.all(first);
  await gates[1]!.begun.promise;
  const late = write(5);
  gates[1]!.done.resolve();
  await Promise.all(during);
  gates[2]!.done.resolve();
  await late;
  assert.deepEqual(groups, [[1, 2], [3, 4], [5]]);
});

test("groupCommit fails all of a group, and none of the next", async () => {
  let failing = true;
  const written: number[] = [];
  const write = groupCommit<number>(async (items) => {
    if (failing) throw new Error("full");
    written.push(...items);
  });
  const failed = await Promise.allSettled([write(1), write(2)]);
  assert.deepEqual(
    failed.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  failing = false;
  await write(3);
  assert.deepEqual(written, [3]);
});
