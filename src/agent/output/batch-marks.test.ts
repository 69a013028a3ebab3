import assert from "node:assert/strict";
import { test } from "node:test";
import { secretMasker } from "../../masking/index.ts";
import { container, taskWith } from "../engine/task.fixture.ts";
import { batchMarks } from "./batch-marks.ts";

const task = taskWith([container("main")]);
const stream = "group stream";

/** The marks of batches that end and begin within the value `canary-of-two-batches`. */
async function marksOf(...batches: readonly (readonly [string | undefined, string])[]) {
  const masker = secretMasker(["canary-of-two-batches"]);
  const marks = batchMarks({ of: async () => masker, forget() {} });
  const all: (string | undefined)[] = [];
  for (const [id, message] of batches) all.push(await marks(task, { stream, messages: [message] }, id));
  return all;
}

const [begin, end] = ["x canary-of-two", "-batches x"];

test("A value that is in two batches is marked in both, also where the second one is sent again", async () => {
  assert.deepEqual(await marksOf(["1", begin], ["2", end], ["2", end], ["2", end]), [
    "0:2+13",
    "0:0+8",
    "0:0+8",
    "0:0+8",
  ]);
});

test("A batch with the same id or the same text is another one", async () => {
  assert.deepEqual(await marksOf(["1", begin], ["1", end], ["2", end]), ["0:2+13", "0:0+8", "none"]);
  assert.deepEqual(await marksOf([undefined, begin], [undefined, end], [undefined, end]), ["0:2+13", "0:0+8", "none"]);
});
