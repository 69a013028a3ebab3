import { access, mkdir, readdir, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
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
export async function removeCgroup({ root, version }: CgroupTree, path: string): Promise<void> {
  const controllers = version === 2 ? ["."] : await readdir(root);
  for (const controller of controllers) {
    try {
      await rmdir(join(root, controller, path));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
