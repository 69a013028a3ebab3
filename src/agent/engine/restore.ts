import { defined } from "../../defined.ts";
import type { ContainerState } from "../../runtime/containers.ts";
import type { Resource } from "../resources/resource.ts";
import { findContainer, findOfTask } from "./adopt.ts";
import { advance } from "./advance.ts";
import { healthEvent } from "./health.ts";
import { redactFor } from "./hide.ts";
import { observeEnd } from "./steps/observe.ts";
import {
  type AgentContainer,
  type AgentTask,
  type Attempt,
  isBetweenRuns,
  lastStart,
  type ResourceState,
} from "./task.ts";

/**
 * A saved task, brought in line with `states`, which is everything that the runtime has after a restart at `now` (milliseconds
 * since 1970). Pure. Containers are found again by id, or by name and labels where the id was not recorded any more:
 *
 * - a container that never ran is started, or created again where the runtime cannot start it any more;
 * - one that runs or has run is observed, and its program never runs again unless its restart policy says so;
 * - one that the runtime does not have was never created if only the intent to create it is known; any later one has vanished.
 *
 * Resources whose data was in memory are made again if they are still needed.
 */
export function restoreTask(
  saved: AgentTask,
  states: readonly ContainerState[],
  resources: readonly Resource[],
  now: number,
): AgentTask {
  if (saved.removedAt !== undefined) return saved;
  const containers = saved.containers.map((container) => restoreContainer(saved, container, states));
  const adopted = { ...saved, containers, ...defined({ isUnclear: saved.isUnclear ?? isUnclear(saved, resources) }) };
  let task: AgentTask = { ...adopted, resources: restoreResources(adopted, states, resources) };
  for (const { kind, needs } of resources) {
    const { status, data } = task.resources[kind] ?? {};
    const need = status === "made" ? needs?.(data) : undefined;
    if (!need || states.some(({ id, status }) => id === need.id && status !== "stopped")) continue;
    task = advance(task, { kind: "resource-lost", resource: kind, reason: need.lost }, now);
  }
  for (const container of task.containers) {
    if (!wasCreated(container.attempt)) continue;
    const state = findContainer(task, container, states);
    // Its end is known already.
    if (state && isBetweenRuns(container.attempt)) continue;
    if (state?.health) task = advance(task, healthEvent(container.name, state.health.status, now), now);
    const redact = redactFor(task, container.name, resources, () => undefined);
    if (state?.status !== "created" && state?.status !== "running") {
      task = advance(task, observeEnd(container.name, state, now, redact), now);
    }
  }
  // Settles what was to be created when the task was already to stop.
  return task.desired === "STOPPED" ? advance(task, { kind: "stop-wanted" }, now) : task;
}

/** The runtime may still be about to do what it was asked for when the earlier process ended. */
function isUnclear({ containers, resources: states }: AgentTask, resources: readonly Resource[]): true | undefined {
  const isCreating = containers.some(({ attempt }) => attempt.status === "creating");
  const isMaking = resources.some(({ kind, adopt }) => adopt && states[kind]?.status === "making");
  return isCreating || isMaking || undefined;
}

/** The containers and namespaces of the runtime that belong to no task: left by a step that was cut short. */
export function strays(tasks: readonly AgentTask[], states: readonly ContainerState[], resources: readonly Resource[]) {
  const known = new Set(
    tasks.flatMap((task) => [
      ...task.containers.flatMap(({ earlier, attempt }) => [...earlier, attempt].map(({ runtimeId }) => runtimeId)),
      ...resources.map(({ kind, needs }) => {
        const data = task.resources[kind]?.data;
        return data === undefined ? undefined : needs?.(data)?.id;
      }),
    ]),
  );
  return states.map(({ id }) => id).filter((id) => !known.has(id));
}

function wasCreated({ status, runtimeId }: Attempt): boolean {
  return runtimeId !== undefined && status !== "stopped";
}

function restoreContainer(
  task: AgentTask,
  container: AgentContainer,
  states: readonly ContainerState[],
): AgentContainer {
  const { attempt } = container;
  const { status } = attempt;
  if (status === "stopped") return container;
  if (status === "none" || status === "pulling" || status === "pulled") return { ...container, attempt: uncreated };
  const state = findContainer(task, container, states);
  if (!state) return status === "creating" ? { ...container, attempt: uncreated } : container;
  const found = seen({ ...attempt, runtimeId: state.id }, state);
  if (state.status === "running") return { ...container, attempt: { ...found, status: "running", ports: state.ports } };
  if (state.status === "created") return { ...container, attempt: { ...found, status: "created" } };
  if (isBetweenRuns(found)) return { ...container, attempt: { ...found, status: "created" } };
  const isLost = found.startedAt === undefined && task.desired === "RUNNING";
  return { ...container, attempt: isLost ? uncreated : found };
}

/** With the start that the runtime shows: the first one, or one that nobody recorded of a program between two runs. */
function seen(attempt: Attempt, { startedAt: at }: ContainerState): Attempt {
  const startedAt = at?.getTime();
  const last = lastStart(attempt);
  if (last === undefined) {
    const isStarted = startedAt !== undefined && (attempt.status === "created" || attempt.status === "starting");
    return { ...attempt, ...(isStarted && { status: "running" }), ...defined({ startedAt }) };
  }
  if (!isBetweenRuns(attempt) || !attempt.restarts || startedAt === undefined || startedAt <= last) return attempt;
  const { exitCode: _, finishedAt: __, ...rest } = attempt;
  return { ...rest, status: "running", restarts: { ...attempt.restarts, lastAt: startedAt } };
}

const uncreated: Attempt = { status: "none" };

function restoreResources(
  task: AgentTask,
  states: readonly ContainerState[],
  resources: readonly Resource[],
): AgentTask["resources"] {
  const restored = resources.flatMap((resource): [string, ResourceState][] => {
    const saved = task.resources[resource.kind];
    return saved ? [[resource.kind, restoreResource(saved, resource, task, states)]] : [];
  });
  return { ...task.resources, ...Object.fromEntries(restored) };
}

function restoreResource(
  saved: ResourceState,
  resource: Resource,
  task: AgentTask,
  states: readonly ContainerState[],
): ResourceState {
  switch (saved.status) {
    case "making": {
      const data = resource.adopt?.(task, findOfTask(task.arn, states));
      return data === undefined ? { status: "none" } : { status: "made", data };
    }
    case "made":
      return resource.keeps === "memory" && resource.needed(task) ? { status: "none" } : saved;
    case "undoing":
      return { ...saved, status: "made" };
    default:
      return saved;
  }
}
