import { type Masker, secretMasker } from "../../masking/index.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { AgentTask } from "../engine/task.ts";
import type { Resource } from "../resources/resource.ts";

/** What hides a task's secret values in its output. `none`: it has none. `unknown`: nobody knows them any more, or not now. */
export type TaskMasker = Masker | "none" | "unknown";

export interface TaskMaskers {
  of(task: AgentTask): Promise<TaskMasker>;
  forget(arn: string): void;
}

export interface TaskMaskersOptions {
  readonly runtime: Runtime;
  readonly resources: readonly Resource[];
}

/**
 * Hides all secret values of a task in the output of each of its containers. The values are asked of the runtime, which has them
 * for as long as the containers exist: so they are known after a restart of the agent, too, and not kept twice.
 */
export function taskMaskers({ runtime, resources }: TaskMaskersOptions): TaskMaskers {
  /** By task, of which `containers` were there. */
  const made = new Map<string, { readonly containers: string; readonly masker: Promise<TaskMasker> }>();

  async function make(task: AgentTask): Promise<TaskMasker> {
    const values: (string | Uint8Array)[] = [];
    for (const { kind, recall } of resources) {
      if (!task.resources[kind] || !recall) continue;
      const recalled = await recall(runtime, task).catch(() => undefined); // the engine is away
      if (!recalled) return "unknown";
      values.push(...recalled);
    }
    return secretMasker(values);
  }

  return {
    of(task) {
      if (!resources.some(({ kind, recall }) => recall && task.resources[kind])) return Promise.resolve("none");
      const containers = task.containers
        .flatMap(({ earlier, attempt }) => [...earlier, attempt].map(({ runtimeId }) => runtimeId))
        .join();
      const known = made.get(task.arn);
      if (known?.containers === containers) return known.masker;
      const masker = make(task);
      made.set(task.arn, { containers, masker });
      void masker.then((outcome) => {
        // To be asked again.
        if (outcome === "unknown" && made.get(task.arn)?.masker === masker) made.delete(task.arn);
      });
      return masker;
    },
    forget: (arn) => void made.delete(arn),
  };
}
