import assert from "node:assert/strict";
import { test } from "node:test";
import { idle, openWorld, type WorldOptions } from "./engine.fixture.ts";
import { isStopped, knownStatus } from "./status.ts";
import { container, payload, taskArn } from "./task.fixture.ts";

/** A runtime on which an operation stands still until it is let go. */
function standing(operation: "create" | "start" | "stop") {
  const held = Promise.withResolvers<void>();
  let isHeld = true;
  const before: WorldOptions["before"] = async (begun) => {
    if (begun === operation && isHeld) await held.promise;
  };
  const letGo = () => {
    isHeld = false;
    held.resolve();
  };
  return { ...openWorld({ before }), letGo };
}

const cases = [
  ["create", 240_000, "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s"],
  ["start", 180_000, "DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s"],
] as const;

for (const [operation, patience, reason] of cases) {
  test(`a ${operation} that takes too long fails by that name, and nothing is left of it`, async () => {
    const { engine, timers, task, until, letGo, runtime } = standing(operation);
    engine.accept(payload([container("main")]));
    await idle();
    timers.advance(patience - 1);
    await idle();
    assert.equal(task().desired, "RUNNING");
    timers.advance(1);
    await until("the task has stopped", () => isStopped(task()));
    assert.equal(task().containers[0]?.attempt.reason, reason);
    letGo();
    await idle();
    await engine.remove(taskArn);
    assert.deepEqual(await runtime.containers.list(), []);
  });
}

test("a stop that takes too long is tried again", async () => {
  const { engine, timers, task, until, letGo, retries } = standing("stop");
  engine.accept(payload([container("main", { stopTimeout: 5 })]));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  engine.stop(taskArn);
  await idle();
  timers.advance(125_000);
  await idle();
  assert.deepEqual(retries, ["DockerTimeoutError: Could not transition to stopped; timed out after waiting 2m5s"]);
  letGo();
  await until("the task has stopped", () => isStopped(task()));
});
