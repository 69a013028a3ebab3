import type { Clock } from "../../clock.ts";
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
  readonly clock: Clock;
}

/** Milliseconds after which the values are asked for again: files get newer ones while their container runs. */
const fresh = 10_000;

interface Made {
  readonly containers: string;
  readonly at: number;
  readonly known: Promise<Known | "unknown">;
}

interface Known {
  /** Those from before are among them, as output may still show them. */
  readonly values: ReadonlyMap<string, string | Uint8Array>;
  readonly masker: Masker;
}

/**
 * Hides all secret values of a task in the output of each of its containers. The values are asked of the runtime, which has them
 * for as long as the containers exist: so they are known after a restart of the agent, too.
 */
export function taskMaskers({ runtime, resources, clock }: TaskMaskersOptions): TaskMaskers {
  const made = new Map<string, Made>();

  async function make(task: AgentTask, before: Made | undefined): Promise<Known | "unknown"> {
    const earlier = await before?.known;
    const old = earlier === "unknown" ? undefined : earlier;
    const values = new Map(old?.values);
    for (const { kind, recall } of resources) {
      if (!task.resources[kind] || !recall) continue;
      const recalled = await recall(runtime, task).catch(() => undefined); // the engine is away
      if (!recalled) return "unknown";
      for (const value of recalled) values.set(Buffer.from(value as string).toString("latin1"), value);
    }
    if (old && old.values.size === values.size) return old;
    return { values, masker: secretMasker([...values.values()]) };
  }

  return {
    async of(task) {
      if (!resources.some(({ kind, recall }) => recall && task.resources[kind])) return "none";
      const containers = task.containers
        .flatMap(({ earlier, attempt }) => [...earlier, attempt].map(({ runtimeId }) => runtimeId))
        .join();
      const now = clock.now().getTime();
      const last = made.get(task.arn);
      const isFresh = last?.containers === containers && now - last.at < fresh;
      const current = last && isFresh ? last : { containers, at: now, known: make(task, last) };
      made.set(task.arn, current);
      const known = await current.known;
      if (known !== "unknown") return known.masker;
      // To be asked again.
      if (made.get(task.arn) === current) made.delete(task.arn);
      return "unknown";
    },
    forget: (arn) => void made.delete(arn),
  };
}
