import type { ECS, Task } from "@aws-sdk/client-ecs";

/** DescribeTasks takes at most this many. */
const mostTasks = 100;

/**
 * Waits for tasks: all that are waited for are asked for in one call, every so many milliseconds. A waiter for each would cost the
 * machine more than what is measured on it.
 */
export function taskWatch(ecs: ECS, milliseconds: number) {
  const waiting = new Map<string, (task: Task) => void>();
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    while (waiting.size > 0) {
      const tasks = [...waiting.keys()].slice(0, mostTasks);
      const described = await ecs.describeTasks({ cluster: "default", tasks });
      for (const task of described.tasks ?? []) waiting.get(task.taskArn ?? "")?.(task);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
    looking = undefined;
  }

  return {
    /** Rejects where the task stops without having had it. */
    until(arn: string, status: "RUNNING" | "STOPPED"): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.set(arn, ({ lastStatus, stoppedReason }) => {
          if (lastStatus !== status && lastStatus !== "STOPPED") return;
          waiting.delete(arn);
          if (lastStatus === status) resolve();
          else reject(new Error(`The task stopped: ${stoppedReason}`));
        });
        looking ??= look();
        looking.catch(reject);
      });
    },
  };
}

export type TaskWatch = ReturnType<typeof taskWatch>;
