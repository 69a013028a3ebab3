import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { removals } from "./removals.ts";
import { after, container, taskArn, taskWith } from "./task.fixture.ts";

const running = taskWith([container("main")], { main: { status: "running", runtimeId: "id", startedAt: 1 } });

function setUp(remove: () => Promise<void> = async () => {}) {
  const clock = fakeClock();
  const timers = fakeTimers();
  const removed: string[] = [];
  const forgotten: string[] = [];
  const failures: unknown[] = [];
  const schedule = removals({
    clock,
    timers,
    wait: 1000,
    remember: 5000,
    retryDelay: 50,
    remove(arn) {
      removed.push(arn);
      return remove();
    },
    async forget(arn) {
      forgotten.push(arn);
    },
    onFailure: (_arn, error) => failures.push(error),
  });
  const stopped = after(
    running,
    [{ kind: "stopped", container: "main", at: 0, exitCode: 0 }],
    clock.now().getTime() - 400,
  );
  return { schedule, timers, clock, removed, forgotten, failures, stopped };
}

const turn = () => new Promise(setImmediate);

test("removals deletes what a task left, once, as long after its stop as is wanted", async () => {
  const { schedule, timers, removed, stopped } = setUp();
  schedule.add(running);
  schedule.add(stopped);
  schedule.add(stopped);
  assert.deepEqual(timers.pending(), [600]);
  timers.advance(600);
  await turn();
  assert.deepEqual([removed, timers.pending()], [[taskArn], []]);
});

test("removals deletes at once what is overdue", () => {
  const { schedule, timers, stopped } = setUp();
  schedule.add({ ...stopped, stoppedAt: 0 });
  assert.deepEqual(timers.pending(), [0]);
});

test("removals tries again what could not be deleted", async () => {
  let failing = true;
  const { schedule, timers, removed, failures, stopped } = setUp(async () => {
    if (failing) throw new Error("no");
  });
  schedule.add(stopped);
  timers.advance(600);
  await turn();
  assert.deepEqual([failures.length, timers.pending()], [1, [50]]);
  failing = false;
  timers.advance(50);
  await turn();
  assert.deepEqual([removed.length, failures.length, timers.pending()], [2, 1, []]);
});

test("removals forgets a removed task when it need not be remembered any more", async () => {
  const { schedule, timers, clock, removed, forgotten, stopped } = setUp();
  schedule.add({ ...stopped, removedAt: clock.now().getTime() - 2000 });
  assert.deepEqual(timers.pending(), [3000]);
  timers.advance(3000);
  await turn();
  assert.deepEqual([removed, forgotten], [[], [taskArn]]);
});

test("removals deletes and forgets ahead of time when asked, and not again", async () => {
  const { schedule, timers, removed, forgotten, stopped } = setUp();
  schedule.add(stopped);
  await schedule.removeNow(taskArn);
  assert.deepEqual([removed, forgotten, timers.pending()], [[taskArn], [taskArn], []]);
});

test("removals is disposed of after what is under way, and begins nothing more", async () => {
  const held = Promise.withResolvers<void>();
  const { schedule, timers, stopped, failures } = setUp(() => held.promise);
  schedule.add(stopped);
  timers.advance(600);
  schedule.add({ ...stopped, arn: "other" });
  let disposed = false;
  const disposal = schedule[Symbol.asyncDispose]().then(() => {
    disposed = true;
  });
  await turn();
  assert.equal(disposed, false);
  held.reject(new Error("no"));
  await disposal;
  schedule.add(stopped);
  assert.deepEqual([failures.length, timers.pending()], [1, []]);
});
