import { setTimeout as delay } from "node:timers/promises";
import type { ECS, Task } from "@aws-sdk/client-ecs";
import { chunks } from "./chunks.ts";
import { saidBy } from "./traces.ts";

/** Counts the acknowledged tasks that were lost. `look` is for meanwhile, too: a task that has stopped is forgotten after an hour. */
export function taskCount(ecs: ECS, tasks: ReadonlyMap<string, string>, outs: readonly string[], details: string[]) {
  const judged = new Set<string>();
  let lost = 0;
  const open = () => [...tasks.keys()].filter((arn) => !judged.has(arn));
  function lose(arn: string, detail: string): void {
    judged.add(arn);
    details.push(detail);
    lost++;
  }
  async function look(): Promise<void> {
    for (const chunk of chunks(open(), 100)) {
      const { tasks: described = [], failures = [] } = await ecs.describeTasks({ tasks: chunk });
      for (const { arn = "" } of failures) lose(arn, `${arn} is unknown`);
      for (const task of described) {
        if (task.lastStatus !== "STOPPED") continue;
        const { taskArn: arn = "" } = task;
        const run = tasks.get(arn) ?? "";
        const problem = problemOf(task, saidBy(outs, run));
        if (problem === undefined) judged.add(arn);
        else lose(arn, `${run} ${problem}`);
      }
    }
  }
  return {
    look,
    async end(): Promise<number> {
      const end = performance.now() + 120_000;
      for (; open().length > 0 && performance.now() < end; await delay(500)) await look();
      for (const arn of open()) lose(arn, `${tasks.get(arn)} never stopped`);
      return lost;
    },
  };
}

/** What is wrong with a task that has stopped. */
function problemOf({ stoppedReason, containers }: Task, said: readonly string[]): string | undefined {
  const container = containers?.find(({ name }) => name === "main");
  const hasReason = container?.reason !== undefined || stoppedReason !== "Essential container in task exited";
  const isFine =
    container?.exitCode === 0
      ? said.includes("begin") && said.includes("end")
      : said.length > 0 || container?.exitCode !== undefined || hasReason;
  if (isFine) return undefined;
  return `said ${said.join()} and ended with ${container?.exitCode} (${stoppedReason}; ${container?.reason})`;
}
