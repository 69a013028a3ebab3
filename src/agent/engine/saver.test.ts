import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers } from "../../concurrency/timers.ts";
import { saver } from "./saver.ts";
import { container, taskWith } from "./task.fixture.ts";
import type { AgentTask } from "./task.ts";

const task = (reason: string, arn = "a"): AgentTask => ({ ...taskWith([container("main")]), arn, reason });

function setUp() {
  const timers = fakeTimers();
  const writes: { reason: string; done: () => void; fail: (error: Error) => void }[] = [];
  const saved: string[] = [];
  const failures: string[] = [];
  const saving = saver({
    store: {
      save({ reason = "" }) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        writes.push({ reason, done: resolve, fail: reject });
        return promise;
      },
    },
    timers,
    retryDelay: 100,
    onSaved: ({ reason = "" }) => saved.push(reason),
    onFailure: (_task, error) => failures.push(String(error)),
  });
  return { saving, timers, writes, saved, failures };
}

const turn = () => new Promise(setImmediate);

test("saver writes a task's newest state, one write after the other, and other tasks' meanwhile", async () => {
  const { saving, writes, saved } = setUp();
  const all = [task("1"), task("2"), task("other", "b")].map(saving.save);
  await turn();
  assert.deepEqual(
    writes.map(({ reason }) => reason),
    ["2", "other"],
  );
  all.push(saving.save(task("3")), saving.save(task("4")));
  await turn();
  assert.equal(writes.length, 2);
  for (const { done } of writes) done();
  await turn();
  assert.deepEqual([writes.length, writes[2]?.reason, saved], [3, "4", ["2", "other"]]);
  writes[2]?.done();
  assert.deepEqual(await Promise.all(all), [true, true, true, true, true]);
  await saving.idle();
  assert.deepEqual(saved, ["2", "other", "4"]);
});

test("saver tries again what could not be written, with what is newest then", async () => {
  const { saving, timers, writes, saved, failures } = setUp();
  const first = saving.save(task("1"));
  await turn();
  writes[0]?.fail(new Error("full"));
  await turn();
  const second = saving.save(task("2"));
  timers.advance(100);
  await turn();
  assert.deepEqual([writes[1]?.reason, saved, failures], ["2", [], ["Error: full"]]);
  writes[1]?.done();
  await turn();
  writes[2]?.done();
  assert.deepEqual([await first, await second, saved.at(-1)], [true, true, "2"]);
});

test("saver is disposed of after a last try, and says what was not saved", async () => {
  const { saving, writes } = setUp();
  const lost = saving.save(task("1"));
  await turn();
  writes[0]?.fail(new Error("full"));
  await turn();
  const disposed = saving[Symbol.asyncDispose]();
  await turn();
  writes[1]?.fail(new Error("full"));
  await disposed;
  assert.equal(await lost, false);
});
