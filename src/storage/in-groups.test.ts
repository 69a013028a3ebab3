import assert from "node:assert/strict";
import { test } from "node:test";
import { inGroups } from "./in-groups.ts";

test("inGroups writes at once what came during the write before, and everything once", async () => {
  const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
  const groups: (readonly number[])[] = [];
  const write = inGroups<number>(async (items) => {
    groups.push(items);
    await gates[groups.length - 1]!.promise;
  });
  const first = write(1);
  await Promise.resolve();
  const others = [write(2), write(3)];
  gates[0]!.resolve();
  await first;
  const late = write(4);
  gates[1]!.resolve();
  await Promise.all(others);
  gates[2]!.resolve();
  await late;
  assert.deepEqual(groups, [[1], [2, 3], [4]]);
});

test("inGroups fails all of a group, and none of the next", async () => {
  let failing = true;
  const written: number[] = [];
  const write = inGroups<number>(async (items) => {
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
