import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerStats, Stats } from "../stats.ts";
import type { Bench } from "./bench.contract.ts";

export function statsContract({ runtime, specOf, started, ready, ended }: Bench): void {
  function stats(): Stats {
    const { stats } = runtime();
    assert.ok(stats);
    return stats;
  }

  test("stats: tells what a running container uses, once or again and again until it ends", async () => {
    const memory = 256 * 1024 * 1024;
    const id = await started(specOf("computes", { memory }));
    await ready(id);
    const samples: ContainerStats[] = [];
    for await (const sample of stats().follow(id)) {
      samples.push(sample);
      if (samples.length === 3) await runtime().containers.stop(id, 0);
    }
    const [first, second, third] = samples;
    assert.ok(first && second && third);
    assert.ok(second.cpu.total > first.cpu.total && third.cpu.total > second.cpu.total);
    // Nanoseconds: a program that only computes uses a good part of the time that has passed, and no more.
    const spent = third.cpu.total - first.cpu.total;
    const passed = (third.readAt.getTime() - first.readAt.getTime()) * 1e6;
    assert.ok(spent > passed / 20 && spent < passed * 1.5, `${spent} of ${passed}`);
    const machine = third.cpu.machine - first.cpu.machine;
    assert.ok(machine > passed / 2 && machine < passed * 2 * third.cpu.onlineCpus, `${machine} of ${passed}`);
    assert.ok(second.memory.usage > 10_000 && second.memory.usage < memory);
    assert.equal(second.memory.limit, memory);
    assert.equal(second.pids, 1);
  });

  test("stats: reads a running container at once", async () => {
    const id = await started(specOf("waits"));
    await ready(id);
    const sample = await stats().read(id);
    assert.ok(sample && sample.memory.usage > 0 && sample.cpu.onlineCpus > 0);
    assert.ok(Math.abs(sample.readAt.getTime() - Date.now()) < 60_000);
    await runtime().containers.remove(id);
  });

  test("stats: stops following when told, without an error", async () => {
    const id = await started(specOf("waits"));
    const leaving = new AbortController();
    for await (const _ of stats().follow(id, { signal: leaving.signal })) leaving.abort();
    await runtime().containers.remove(id);
  });

  test("stats: has nothing of a container that does not run", async () => {
    const over = await started(specOf("exits with 0"));
    await ended(over);
    const created = await runtime().containers.create(specOf("waits"));
    for (const id of [over, created, "0".repeat(64)]) {
      assert.equal(await stats().read(id), undefined);
      assert.deepEqual(await Array.fromAsync(stats().follow(id)), []);
    }
  });
}
