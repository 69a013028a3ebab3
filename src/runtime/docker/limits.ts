import { hostname, release } from "node:os";
import type Dockerode from "dockerode";
import { defined } from "../../defined.ts";
import type { Limits, TaskLimit } from "../limits.ts";
import { type CgroupTree, clearCgroup, makeCgroup, removeCgroup } from "./cgroup.ts";
import type { Engine } from "./engine.ts";
import { isMissing, named, unless } from "./engine-error.ts";
import { once } from "./once.ts";

interface EngineMachine {
  readonly cpu: number;
  readonly memory: number;
  /** Absent where this process cannot reach the groups of the Engine's machine. */
  readonly tree?: CgroupTree;
}

/** Where AWS's agent has its tasks' groups, too. */
const folder = "ecs";

const failure = "CannotLimitTaskError";

/**
 * One control group a task, above those of its containers. It takes root on the Engine's own machine, and an Engine that leaves the
 * groups to itself (`cgroupfs`).
 */
export function dockerLimits({ connect }: Engine, root = "/sys/fs/cgroup"): Limits {
  const machine = once(async () => machineOf(await (await connect()).info(), root));

  async function make(tree: CgroupTree, limit: TaskLimit): Promise<string | undefined> {
    const path = `${folder}/${limit.task}`;
    try {
      await makeCgroup(tree, path, limit);
      return `/${path}`;
    } catch {
      // No root, or a kernel without these controllers: each container is limited by itself.
      await removeCgroup(tree, path).catch(() => {});
      return undefined;
    }
  }

  async function isOver(container: string): Promise<boolean> {
    const { State } = (await unless(isMissing, (await connect()).getContainer(container).inspect())) ?? {};
    return !State?.Running;
  }

  return {
    open: ({ task, cpu, memory }) =>
      named(failure, async () => {
        const { tree, ...whole } = await machine();
        const had = defined({
          cpu: cpu === undefined ? undefined : Math.min(cpu, whole.cpu),
          memory: memory === undefined ? undefined : Math.min(memory, whole.memory),
        });
        return { ...had, ...defined({ parent: tree && (await make(tree, { task, ...had })) }) };
      }),
    close: (task) =>
      named(failure, async () => {
        const { tree } = await machine();
        const path = `${folder}/${task}`;
        if (!tree) return;
        await removeCgroup(tree, path).catch(async () => {
          await clearCgroup(tree, path, isOver);
          await removeCgroup(tree, path);
        });
      }),
  };
}

type Info = Awaited<ReturnType<Dockerode["info"]>>;

function machineOf(info: Info, root: string): EngineMachine {
  // Docker Desktop and an Engine at an address have other machines, with other groups.
  const isHere = process.platform === "linux" && info.KernelVersion === release() && info.Name === hostname();
  const version = info.CgroupVersion === "2" ? 2 : 1;
  const tree = isHere && info.CgroupDriver === "cgroupfs" ? ({ root, version } as const) : undefined;
  return { cpu: info.NCPU, memory: info.MemTotal, ...defined({ tree }) };
}
