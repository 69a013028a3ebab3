import assert from "node:assert/strict";
import { test } from "node:test";
import { writeBehind } from "./write-behind.ts";

test("writeBehind writes the last item of each key once, and again what could not be written unless there is a later one", async () => {
  const written: (readonly [string, number])[][] = [];
  let isFull = false;
  const { keep, unwritten, write } = writeBehind<number>(async (items) => {
    written.push([...items]);
    if (!isFull) return;
    keep("a", 4);
    throw new Error("full");
  });
  await write();
  keep("a", 1);
  keep("a", 2);
  keep("b", 3);
  assert.deepEqual([unwritten("a"), unwritten("c")], [2, undefined]);
  isFull = true;
  await assert.rejects(write(), /full/);
  isFull = false;
  await write();
  await write();
  const first = [
    ["a", 2],
    ["b", 3],
  ];
  const again = [
    ["a", 4],
    ["b", 3],
  ];
  assert.deepEqual(written, [first, again]);
});

test("writeBehind knows what is being written, and to write waits for that", async () => {
  const written: string[] = [];
  const go = Promise.withResolvers<void>();
  const { keep, unwritten, write } = writeBehind<number>(async (items) => {
    await go.promise;
    written.push(...items.keys());
  });
  keep("a", 1);
  const first = write();
  await Promise.resolve();
  keep("b", 2);
  const second = write().then(() => [...written]);
  assert.deepEqual([unwritten("a"), unwritten("b")], [1, 2]);
  go.resolve();
  assert.deepEqual(await second, ["a", "b"]);
  await first;
  assert.deepEqual([unwritten("a"), unwritten("b")], [undefined, undefined]);
});
