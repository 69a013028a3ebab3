import assert from "node:assert/strict";
import { test } from "node:test";
import { turns } from "./turns.ts";

test("calls of one turn of the event loop take each step together, and those of the next turn wait for its end", async () => {
  const turn = turns();
  const steps: string[] = [];
  async function call(name: string): Promise<void> {
    await turn();
    steps.push(`${name} first`);
    await undefined;
    steps.push(`${name} second`);
  }
  const early = [call("a"), call("b")];
  assert.deepEqual(steps, []);
  await Promise.all(early);
  assert.deepEqual(steps, ["a first", "b first", "a second", "b second"]);
  const late = call("c");
  assert.equal(steps.length, 4);
  await late;
  assert.deepEqual(steps.slice(4), ["c first", "c second"]);
});
