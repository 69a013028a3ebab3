import { parseArn } from "../../arn.ts";
import { defined } from "../../defined.ts";
import type { ContainerSpec } from "../../runtime/containers.ts";
import type { TaskLimits } from "../../runtime/limits.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import type { Resource } from "./resource.ts";

const mebibyte = 1024 * 1024;

/** Microseconds of Docker's quotas. */
const period = 100_000;

/**
 * The task's own cpu and memory, which are limits of all its containers together. A container without a memory limit may take all
 * of the task's, and no more, so that it is told when it is the one that took too much.
 */
export const taskSize: Resource<TaskLimits> = {
  kind: "task-size",
  after: [],
  keeps: "state",
  needed: ({ payload: { cpu, memory } }) => cpu !== undefined || memory !== undefined,

  async make({ runtime }, task) {
    const { cpu, memory } = task.payload;
    const size = defined({ cpu, memory: memory === undefined ? undefined : memory * mebibyte });
    return (await runtime.limits?.open({ task: idOf(task), ...size })) ?? defined({ memory: size.memory });
  },

  async undo({ runtime }, task) {
    await runtime.limits?.close(idOf(task));
  },

  apply(container, task, name, limits = {}) {
    const { parent, cpu, memory } = limits;
    const isFree = payloadOf(task, name).memory === 0;
    const quota = parent === undefined && cpu !== undefined ? Math.round(cpu * period) : undefined;
    return {
      ...container,
      ...defined({ memory: isFree ? memory : container.memory }),
      hostConfig: {
        ...container.hostConfig,
        ...defined({
          MemoryReservation: isFree && memory !== undefined ? reservation(container, memory) : undefined,
          CgroupParent: parent,
          CpuPeriod: quota === undefined ? undefined : period,
          CpuQuota: quota,
        }),
      },
    };
  },

  clear: async ({ limits }, task) => limits?.close(idOf(task)),
};

/** Docker refuses one that is above the limit, which may be the machine's. */
function reservation({ hostConfig }: ContainerSpec, memory: number): number | undefined {
  const asked = hostConfig?.MemoryReservation;
  return typeof asked === "number" ? Math.min(asked, memory) : undefined;
}

function idOf({ arn }: AgentTask): string {
  return parseArn(arn)?.resource.split("/").at(-1) ?? arn;
}
