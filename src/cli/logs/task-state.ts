import type { ECS } from "@aws-sdk/client-ecs";

/** Whether a task goes on, asked no more often than once a second. */
export interface TaskState {
  isStopped(): Promise<boolean>;
}

const fresh = 1_000;

export function taskState(ecs: ECS, cluster: string, task: string): TaskState {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<boolean> = Promise.resolve(false);
  async function ask(): Promise<boolean> {
    const { tasks: [found] = [] } = await ecs.describeTasks({ cluster, tasks: [task] });
    return !found || found.lastStatus === "STOPPED";
  }
  return {
    isStopped() {
      if (performance.now() - asked > fresh) {
        asked = performance.now();
        answer = ask();
      }
      return answer;
    },
  };
}
