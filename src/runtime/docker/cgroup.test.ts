import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeCgroup, removeCgroup } from "./cgroup.ts";

const limit = { task: "1", cpu: 0.25, memory: 512 };

async function treeWith(folders: readonly string[], files: readonly string[]) {
  const root = await mkdtemp(join(tmpdir(), "sealift-cgroup-"));
  for (const folder of folders) await mkdir(join(root, folder));
  for (const file of files) await writeFile(join(root, file), "");
  return {
    root,
    read: (path: string) => readFile(join(root, path), "utf8"),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  };
}

test("version 1: memory and quota are set under their controllers", async () => {
  await using tree = await treeWith(["memory", "cpu"], []);
  await makeCgroup({ root: tree.root, version: 1 }, "ecs/1", limit);
  assert.equal(await tree.read("memory/ecs/1/memory.limit_in_bytes"), "512");
  assert.equal(await tree.read("cpu/ecs/1/cpu.cfs_period_us"), "100000");
  assert.equal(await tree.read("cpu/ecs/1/cpu.cfs_quota_us"), "25000");
});

test("version 1: a controller that is not there is no place for a limit", async () => {
  await using tree = await treeWith(["cpu"], []);
  await assert.rejects(makeCgroup({ root: tree.root, version: 1 }, "ecs/1", limit), { code: "ENOENT" });
});

test("version 2: the controllers are handed down, and the limits set in the task's group", async () => {
  await using tree = await treeWith([], []);
  await makeCgroup({ root: tree.root, version: 2 }, "ecs/1", limit);
  assert.equal(await tree.read("cgroup.subtree_control"), "+cpu +memory");
  assert.equal(await tree.read("ecs/cgroup.subtree_control"), "+cpu +memory");
  assert.equal(await tree.read("ecs/1/memory.max"), "512");
  assert.equal(await tree.read("ecs/1/cpu.max"), "25000 100000");
});

test("a group goes from every controller, and one that is used stays with an error", async () => {
  await using tree = await treeWith(["memory", "cpu", "pids", "memory/ecs", "memory/ecs/1", "pids/ecs"], ["a-file"]);
  await removeCgroup({ root: tree.root, version: 1 }, "ecs/1");
  await assert.rejects(stat(join(tree.root, "memory/ecs/1")), { code: "ENOENT" });
  await mkdir(join(tree.root, "pids/ecs/1/used"), { recursive: true });
  await assert.rejects(removeCgroup({ root: tree.root, version: 1 }, "ecs/1"), { code: "ENOTEMPTY" });
});
