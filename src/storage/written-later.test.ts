import assert from "node:assert/strict";
import { test } from "node:test";
import { writtenLater } from "./written-later.ts";

test("writtenLater writes the last item of each key once, and again what could not be written unless there is a later one", async () => {
  const written: (readonly [string, number])[][] = [];
  let isFull = false;
  const { keep, unwritten, write } = writtenLater<number>(async (items) => {
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
