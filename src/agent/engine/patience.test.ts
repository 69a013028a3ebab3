import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { RuntimeError, RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { patiently } from "./patience.ts";

const away = new RuntimeUnavailableError("CannotPullContainerError", "Cannot connect to the Docker daemon.");
const turn = () => new Promise(setImmediate);

function setUp(outcomes: readonly (Error | string)[]) {
  const clock = fakeClock();
  const timers = fakeTimers();
  const controller = new AbortController();
  const left = [...outcomes];
  const tries: boolean[] = [];
  const outcome = patiently({ clock, timers, runtimeWait: 300, retryDelay: 100 }, controller.signal, async (again) => {
    tries.push(again);
    const next = left.length > 1 ? left.shift() : left[0];
    if (next instanceof Error) throw next;
    return next;
  });
  const pass = async () => {
    await turn();
    clock.advance(100);
    timers.advance(100);
    await turn();
  };
  return { outcome, tries, pass, controller, timers };
}

test("patiently tries again until the runtime is back, and says that it is not the first time", async () => {
  const { outcome, tries, pass } = setUp([away, away, "done"]);
  await pass();
  await pass();
  assert.equal(await outcome, "done");
  assert.deepEqual(tries, [false, true, true]);
});

test("patiently fails in the words of the call when the time is over", async () => {
  const { outcome, tries, pass } = setUp([away]);
  const failed = assert.rejects(outcome, away);
  for (let passed = 0; passed < 5; passed++) await pass();
  await failed;
  assert.equal(tries.length, 4);
});

test("patiently tries nothing again that failed otherwise, or that nobody waits for", async () => {
  const error = new RuntimeError("CannotPullContainerError", "not found");
  await assert.rejects(setUp([error]).outcome, error);
  const { outcome, controller, timers, tries } = setUp([away]);
  await turn();
  controller.abort();
  await assert.rejects(outcome, away);
  assert.deepEqual([timers.pending(), tries.length], [[], 2]);
});
