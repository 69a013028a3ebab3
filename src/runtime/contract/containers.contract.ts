import assert from "node:assert/strict";
import { test } from "node:test";
import type { RuntimeError } from "../runtime-error.ts";
import type { Bench } from "./bench.contract.ts";

export function containersContract({ subject, runtime, specOf, started, ended, ready, openNamespace }: Bench): void {
  test("create, start and the program's end move a container from created to stopped", async () => {
    const spec = specOf("exits with 0", { labels: { "com.example.a": "1" } });
    const id = await runtime().containers.create(spec);
    const created = await runtime().containers.inspect(id);
    assert.equal(created?.status, "created");
    assert.equal(created.name, spec.name);
    assert.equal(created.labels["com.example.a"], "1");
    assert.equal(created.isNamespace, false);
    assert.equal(created.exitCode, undefined);
    assert.ok(created.createdAt instanceof Date);
    await runtime().containers.start(id);
    const state = await ended(id);
    assert.equal(state.status, "stopped");
    assert.equal(state.exitCode, 0);
    assert.equal(state.error, undefined);
    assert.ok(state.startedAt instanceof Date && state.finishedAt instanceof Date);
  });

  test("inspect tells the program's exit code", async () => {
    assert.equal((await ended(await started(specOf("exits with 7")))).exitCode, 7);
  });

  test("start of a container that has ended runs its program again, in the same container", async () => {
    const id = await started(specOf("exits with 7"));
    const first = await ended(id);
    await runtime().containers.start(id);
    const second = await ended(id);
    assert.deepEqual([second.status, second.exitCode, second.id], ["stopped", 7, id]);
    assert.ok(first.startedAt && second.startedAt && second.startedAt >= first.startedAt);
    await runtime().containers.remove(id);
    assert.equal(await runtime().containers.inspect(id), undefined);
  });

  test("a container that is running again has no end", async () => {
    const id = await started(specOf("waits"));
    await ready(id);
    await runtime().containers.stop(id, 60);
    await runtime().containers.start(id);
    const again = await runtime().containers.inspect(id);
    assert.deepEqual([again?.status, again?.exitCode, again?.finishedAt], ["running", undefined, undefined]);
    await runtime().containers.start(id);
    await runtime().containers.stop(id, 60);
    assert.equal((await runtime().containers.inspect(id))?.exitCode, 143);
    await runtime().containers.remove(id);
  });

  test("stop lets a program end by itself within the timeout", async () => {
    const id = await started(specOf("waits"));
    await ready(id);
    assert.equal((await runtime().containers.inspect(id))?.status, "running");
    await runtime().containers.stop(id, 60);
    const state = await runtime().containers.inspect(id);
    assert.equal(state?.status, "stopped");
    assert.equal(state.exitCode, 143);
  });

  test("stop kills a program that ignores the signal once the timeout is over", async () => {
    const id = await started(specOf("ignores SIGTERM"));
    await ready(id);
    await runtime().containers.stop(id, 1);
    assert.equal((await runtime().containers.inspect(id))?.exitCode, 137);
  });

  test("stop of a container that has ended, was never started or is not there is no error", async () => {
    const over = await started(specOf("exits with 7"));
    await ended(over);
    await runtime().containers.stop(over, 1);
    assert.equal((await runtime().containers.inspect(over))?.exitCode, 7);
    await runtime().containers.stop(await runtime().containers.create(specOf("waits")), 1);
    await runtime().containers.stop("0".repeat(64), 1);
  });

  test("remove deletes a container, running or not, and may be repeated", async () => {
    const running = await started(specOf("waits"));
    const created = await runtime().containers.create(specOf("waits"));
    for (const id of [running, created, running, created, "0".repeat(64)]) await runtime().containers.remove(id);
    assert.equal(await runtime().containers.inspect(running), undefined);
    assert.ok(!(await runtime().containers.list()).some(({ id }) => id === running || id === created));
  });

  test("list has every container and namespace, whatever its state", async () => {
    const namespace = await openNamespace();
    const created = await runtime().containers.create(specOf("waits"));
    const running = await started(specOf("waits"));
    const stopped = await started(specOf("exits with 0"));
    await ended(stopped);
    const found = new Map((await runtime().containers.list()).map((state) => [state.id, state]));
    assert.equal(found.get(created)?.status, "created");
    assert.equal(found.get(running)?.status, "running");
    assert.equal(found.get(stopped)?.status, "stopped");
    assert.equal(found.get(namespace)?.isNamespace, true);
    assert.equal(found.get(namespace)?.status, "running");
    assert.equal(found.get(namespace)?.labels["com.example.task"], "t");
    for (const id of [namespace, created, running]) await runtime().containers.remove(id);
    assert.equal(await runtime().containers.inspect(namespace), undefined);
  });

  const failures: [string, RegExp, () => Promise<unknown>][] = [
    [
      "create of what cannot be created",
      /^CannotCreateContainerError$/,
      () => runtime().containers.create(specOf("waits", subject().uncreatable)),
    ],
    ["create under a name that is taken", /^CannotCreateContainerError$/, () => createTwice()],
    ["start of a program that is not there", /^CannotStartContainerError$/, () => started(specOf("is not there"))],
    [
      "start of a container that is not there",
      /^CannotStartContainerError$/,
      () => runtime().containers.start("0".repeat(64)),
    ],
  ];
  for (const [what, errorName, work] of failures) {
    test(`${what} fails by name`, async () => {
      await assert.rejects(work(), (error: RuntimeError) => {
        assert.match(error.name, errorName);
        assert.notEqual(error.message, "");
        return true;
      });
    });
  }

  async function createTwice(): Promise<void> {
    const spec = specOf("waits");
    await runtime().containers.create(spec);
    await runtime().containers.create(spec);
  }
}
