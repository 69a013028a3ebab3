import type { EcsStore } from "../store.ts";
import type { WantedTask } from "../tasks/state-records.ts";

/**
 * Milliseconds after which a look reads all tasks of the instance. The looks between read those that were made since the look
 * before, and those that are to stop.
 */
const readAllAfter = 15_000;

/** Milliseconds between the time of a task's request and the end of its transaction, but for rare ones. */
const newFor = 1_000;

/** Milliseconds after which a look that finds nothing new reads all: the wake may be about one of the rare ones. */
const readAllForNothingAfter = 1_000;

/** Reads the live tasks of an instance for its agent's session, which looks at every wake. */
export interface TaskReader {
  /**
   * The tasks to look at: all, or only those that may be news. `isNews` says which the agent does not have yet. A look that
   * was not `done`, because of an error, makes the next one read all.
   */
  look(now: number, isNews: (task: WantedTask) => boolean): Promise<readonly WantedTask[]>;
  done(): void;
}

/** `onAll` gets all tasks of the instance each time they are read. */
export function taskReader(
  { taskStates }: EcsStore,
  instanceArn: string,
  onAll: (tasks: readonly WantedTask[], now: number) => void,
): TaskReader {
  let isBehind = true;
  let readAllAt = 0;
  let lookedAt = 0;

  async function readAll(now: number): Promise<readonly WantedTask[]> {
    const tasks = await taskStates.onInstance(instanceArn);
    readAllAt = lookedAt = now;
    onAll(tasks, now);
    return tasks;
  }

  return {
    async look(now, isNews) {
      const isLong = isBehind || now - readAllAt >= readAllAfter;
      isBehind = true;
      if (isLong) return (await readAll(now)).filter(isNews);
      const news = (await taskStates.newsOnInstance(instanceArn, lookedAt - newFor)).filter(isNews);
      lookedAt = now;
      if (news.length > 0 || now - readAllAt < readAllForNothingAfter) return news;
      return (await readAll(now)).filter(isNews);
    },
    done() {
      isBehind = false;
    },
  };
}
