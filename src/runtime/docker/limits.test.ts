import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { randomIds } from "../../ids.ts";
import type { ContainerSpec } from "../containers.ts";
import { docker, openDocker } from "./engine.fixture.ts";

const mebibyte = 1024 * 1024;

describe("docker limits", { skip: await skipUnless("docker"), timeout: 120_000 }, () => {
  const { runtime, start, finish, specOf } = openDocker("limits");

  const open = (limit: { cpu?: number; memory?: number }, task = randomIds.hex(16)) => {
    const { limits } = runtime();
    assert.ok(limits);
    return limits.open({ task, ...limit });
  };

  test("a task has no more than the machine", async () => {
    const { cpu, memory } = await runtime().describe();
    const task = randomIds.hex(16);
    const limits = await open({ cpu: 1000, memory: 1024 ** 5 }, task);
    assert.equal(limits.cpu, cpu / 1024);
    assert.equal(Math.floor((limits.memory ?? 0) / mebibyte), memory);
    await runtime().limits?.close(task);
  });

  test("containers that take more than their task together are killed, and the group goes with them", async (t) => {
    const task = randomIds.hex(16);
    const memory = 64 * mebibyte;
    const { parent } = await open({ cpu: 0.5, memory }, task);
    if (parent === undefined) return t.skip("this process cannot make control groups for the Engine");
    const below = (change: Partial<ContainerSpec>) =>
      specOf({ memory, hostConfig: { CgroupParent: parent }, ...change });
    // tmpfs is memory of the container that wrote it, for as long as it runs.
    const hold = (count: number) => ["sh", "-c", `dd if=/dev/zero of=/dev/shm/x bs=1M count=${count} && sleep 60`];
    const first = await start(below({ command: hold(40), hostConfig: { CgroupParent: parent, ShmSize: memory } }));
    const second = await finish(below({ command: ["dd", "if=/dev/zero", "of=/dev/null", "bs=40M", "count=1"] }));
    const states = await Promise.all([first, second].map((id) => runtime().containers.inspect(id)));
    const killed = states.find(({ exitCode } = {} as never) => exitCode === 137);
    assert.equal(`${killed?.error}`, "OutOfMemoryError: Container killed due to memory usage");
    await assert.rejects(runtime().limits?.close(task) ?? Promise.resolve(), { name: "CannotLimitTaskError" });
    for (const id of [first, second]) await runtime().containers.remove(id);
    await runtime().limits?.close(task);
    await runtime().limits?.close(task);
    await assert.rejects(access(`/sys/fs/cgroup/memory${parent}`));
  });

  test("what a killed containerd left of a start is ended, as the Engine knows of no such container", async (t) => {
    const task = randomIds.hex(16);
    const { parent } = await open({ memory: 64 * mebibyte }, task);
    if (parent === undefined) return t.skip("this process cannot make control groups for the Engine");
    const left = spawn("sleep", ["600"]);
    const ended = once(left, "exit");
    const root = existsSync("/sys/fs/cgroup/memory") ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup";
    const group = `${root}${parent}/${randomIds.hex(32)}`;
    await mkdir(`${group}/init`, { recursive: true });
    await writeFile(`${group}/init/cgroup.procs`, `${left.pid}`);
    await runtime().limits?.close(task);
    assert.deepEqual(await ended, [null, "SIGKILL"]);
    await assert.rejects(access(group));
  });

  test("a task may use as much of the processors as it has", async (t) => {
    const task = randomIds.hex(16);
    const { parent } = await open({ cpu: 0.1 }, task);
    if (parent === undefined) return t.skip("this process cannot make control groups for the Engine");
    const script = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
    const id = await finish(specOf({ command: ["sh", "-c", script], hostConfig: { CgroupParent: parent } }));
    const groups = (await access("/sys/fs/cgroup/cpu").catch(() => "version 2")) ?? "version 1";
    const counts = await readFile(`/sys/fs/cgroup/${groups === "version 1" ? "cpu" : ""}${parent}/cpu.stat`, "utf8");
    assert.match(counts, /^nr_throttled [1-9]/m);
    const { HostConfig } = await docker.getContainer(id).inspect();
    assert.equal(HostConfig.CgroupParent, parent);
    await runtime().containers.remove(id);
    await runtime().limits?.close(task);
  });
});
