import { excess, type Strategy } from "../capacity-providers/strategy.ts";
import { isServing, type ScheduledTask } from "../tasks/scheduled-task.ts";

/** True while the service scheduler must not stop the task. */
export function isProtected({ protectedUntil = 0 }: ScheduledTask, now: number): boolean {
  return protectedUntil > now;
}

/**
 * The tasks that go when a service has `count` too many: first those that serve nobody, then those of the provider that is
 * furthest over its share, then the youngest. Protected ones stay.
 */
export function surplusOf(
  tasks: readonly ScheduledTask[],
  count: number,
  { strategy = [], now }: { readonly strategy: Strategy | undefined; readonly now: number },
): readonly ScheduledTask[] {
  const have = new Map<string, number>();
  for (const { capacityProviderName = "" } of tasks) {
    have.set(capacityProviderName, (have.get(capacityProviderName) ?? 0) + 1);
  }
  const left = new Set([...tasks].filter((task) => !isProtected(task, now)).sort(leastUsefulFirst));
  const gone: ScheduledTask[] = [];
  while (gone.length < count) {
    const next = leastUseful([...left], strategy, have);
    if (!next) break;
    const { capacityProviderName = "" } = next;
    have.set(capacityProviderName, (have.get(capacityProviderName) ?? 0) - 1);
    left.delete(next);
    gone.push(next);
  }
  return gone;
}

function leastUseful(
  tasks: readonly ScheduledTask[],
  strategy: Strategy,
  have: ReadonlyMap<string, number>,
): ScheduledTask | undefined {
  const [first] = tasks;
  if (!first || !isServing(first) || strategy.length < 2) return first;
  const over = ({ capacityProviderName = "" }: ScheduledTask) => excess(strategy, have, capacityProviderName);
  return tasks.reduce((best, task) => (over(task) > over(best) ? task : best));
}

/** First those that serve nobody, then the youngest. */
function leastUsefulFirst(one: ScheduledTask, other: ScheduledTask): number {
  return Number(isServing(one)) - Number(isServing(other)) || other.createdAt - one.createdAt;
}
