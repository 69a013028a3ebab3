import { access, mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskLimit } from "../limits.ts";

/** The machine's control groups as the kernel shows them. */
export interface CgroupTree {
  /** `/sys/fs/cgroup` */
  readonly root: string;
  readonly version: 1 | 2;
}

/** Microseconds in which a quota of processor time is used up. */
const period = 100_000;

/** Makes the group `path` with its limits, or gives them to the one that is there. Rejects where the kernel does not let it. */
export async function makeCgroup({ root, version }: CgroupTree, path: string, limit: TaskLimit): Promise<void> {
  const { cpu, memory } = limit;
  const quota = cpu === undefined ? undefined : Math.round(cpu * period);
  if (version === 2) {
    const [parent = ""] = path.split("/");
    await mkdir(join(root, parent), { recursive: true });
    for (const above of ["", parent]) await writeFile(join(root, above, "cgroup.subtree_control"), "+cpu +memory");
    await mkdir(join(root, path), { recursive: true });
    if (memory !== undefined) await writeFile(join(root, path, "memory.max"), String(memory));
    if (quota !== undefined) await writeFile(join(root, path, "cpu.max"), `${quota} ${period}`);
    return;
  }
  if (memory !== undefined) {
    await set(join(root, "memory"), path, { "memory.limit_in_bytes": memory });
  }
  if (quota !== undefined) {
    await set(join(root, "cpu"), path, { "cpu.cfs_period_us": period, "cpu.cfs_quota_us": quota });
  }
}

async function set(controller: string, path: string, values: Readonly<Record<string, number>>): Promise<void> {
  await access(controller); // a directory that is no controller would take every file
  await mkdir(join(controller, path), { recursive: true });
  for (const [file, value] of Object.entries(values)) await writeFile(join(controller, path, file), String(value));
}

/** Removes the group, of which the Engine made one for every controller. Rejects while anything runs in it. */
export async function removeCgroup(tree: CgroupTree, path: string): Promise<void> {
  for (const controller of await controllersOf(tree)) await removeGroup(join(tree.root, controller, path));
}

/** Milliseconds in which a program that was killed leaves its group. */
const patience = { most: 5_000, pause: 20 };

/**
 * Kills what runs in the groups of containers that `isOver` says have ended, and removes those groups. A containerd that was killed
 * while it started a container leaves a `runc init` there which nobody knows, and which waits for ever.
 */
export async function clearCgroup(
  tree: CgroupTree,
  path: string,
  isOver: (container: string) => Promise<boolean>,
): Promise<void> {
  const all = (await controllersOf(tree)).map((controller) => join(tree.root, controller, path));
  const containers = new Set((await Promise.all(all.map(groupsIn))).flat());
  for (const container of containers) {
    if (!(await isOver(container))) continue;
    for (const group of all) await clearGroup(join(group, container));
  }
}

async function clearGroup(path: string): Promise<void> {
  for (const below of await groupsIn(path)) await clearGroup(join(path, below));
  for (let waited = 0; ; waited += patience.pause) {
    for (const pid of await programsIn(path)) kill(pid);
    try {
      return await removeGroup(path);
    } catch (error) {
      if (waited >= patience.most) throw error;
      await delay(patience.pause);
    }
  }
}

/** A program of another namespace of process ids has the id 0. */
async function programsIn(group: string): Promise<readonly number[]> {
  const text = await orNothing(readFile(join(group, "cgroup.procs"), "utf8"), "");
  return text
    .split("\n")
    .map(Number)
    .filter((pid) => pid > 0);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function groupsIn(path: string): Promise<readonly string[]> {
  const entries = await orNothing(readdir(path, { withFileTypes: true }), []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * Lets a container's programs go on that are frozen, where they are programs of this machine. `pid` is the first of them. Each
 * hierarchy of groups that the kernel names has a line: its number, its controllers (none: version 2) and the group.
 */
export async function thaw(root: string, container: string, pid: number): Promise<void> {
  const text = await orNothing(readFile(`/proc/${pid}/cgroup`, "utf8"), "");
  for (const line of text.split("\n")) {
    const [, controllers = "", path = ""] = line.split(":");
    // Of another machine's Engine, the id is some other program's here.
    if (!path.includes(container)) continue;
    if (controllers.split(",").includes("freezer")) {
      await replace(join(root, "freezer", path, "freezer.state"), "FROZEN", "THAWED");
    } else if (controllers === "") await replace(join(root, path, "cgroup.freeze"), "1", "0");
  }
}

async function replace(file: string, before: string, after: string): Promise<void> {
  if ((await orNothing(readFile(file, "utf8"), "")).trim() === before) await writeFile(file, after);
}

async function controllersOf({ root, version }: CgroupTree): Promise<readonly string[]> {
  return version === 2 ? ["."] : readdir(root);
}

const removeGroup = (path: string) => orNothing(rmdir(path), undefined);

async function orNothing<Value>(found: Promise<Value>, nothing: Value): Promise<Value> {
  try {
    return await found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return nothing;
    throw error;
  }
}
