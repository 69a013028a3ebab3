import type { ContainerState } from "../runtime/containers.ts";
import { advance } from "./advance.ts";
import { observeEnd } from "./steps/observe.ts";
import type { AgentContainer, AgentTask } from "./task.ts";

/**
 * A saved task, brought in line with what the runtime has after a restart at `now` (milliseconds since 1970): what was
 * under way is begun again, what ended meanwhile has ended. Secrets and credentials were never saved; the control plane
 * sends credentials anew. Pure.
 */
export function restoreTask(saved: AgentTask, states: ReadonlyMap<string, ContainerState>, now: number): AgentTask {
  let task: AgentTask = {
    ...saved,
    containers: saved.containers.map((container) => restoreContainer(container, states)),
    secrets: saved.secrets === "failed" ? "failed" : "waiting",
    namespace: restoreNamespace(saved.namespace),
  };
  const { status, id } = task.namespace;
  if (status === "open" && states.get(id ?? "")?.status !== "running")
    task = advance(task, { kind: "namespace-lost" }, now);
  for (const { name, runtimeId } of saved.containers) {
    const state = states.get(runtimeId ?? "");
    const ended = runtimeId !== undefined && (!state || state.status === "stopped");
    if (ended) task = advance(task, observeEnd(name, state, now), now);
  }
  // Settles what was to be created when the task was already to stop.
  return task.desired === "STOPPED" ? advance(task, { kind: "stop-wanted" }, now) : task;
}

/** Containers and namespaces of the runtime that belong to no saved task: left by a step that was cut short. */
export function strays(tasks: readonly AgentTask[], states: ReadonlyMap<string, ContainerState>): readonly string[] {
  const known = new Set(
    tasks.flatMap((task) => [task.namespace.id, ...task.containers.map(({ runtimeId }) => runtimeId)]),
  );
  return [...states.keys()].filter((id) => !known.has(id));
}

/** One that has ended keeps its status here. */
function restoreContainer(container: AgentContainer, states: ReadonlyMap<string, ContainerState>): AgentContainer {
  if (container.status === "stopped") return container;
  if (container.runtimeId === undefined) return { ...container, status: "none" };
  const state = states.get(container.runtimeId);
  const startedAt = container.startedAt ?? state?.startedAt?.getTime();
  const started = startedAt === undefined ? {} : { startedAt };
  if (state?.status === "running") return { ...container, ...started, status: "running", ports: state.ports };
  return { ...container, ...started, status: state?.status === "created" ? "created" : container.status };
}

function restoreNamespace(namespace: AgentTask["namespace"]): AgentTask["namespace"] {
  if (namespace.status === "opening") return { status: "none" };
  return namespace.status === "closing" ? { ...namespace, status: "open" } : namespace;
}
