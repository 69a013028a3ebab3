import type { ContainerState } from "../runtime/runtime.ts";
import type { AgentContainer, AgentTask, ContainerStatus } from "./task.ts";

/**
 * A saved task, brought in line with what the runtime has after a restart: what was under way is begun again, what ended
 * meanwhile has ended. Secrets and credentials were never saved; the control plane sends credentials anew. Pure.
 */
export function restoreTask(saved: AgentTask, states: ReadonlyMap<string, ContainerState>, now: number): AgentTask {
  const containers = saved.containers.map((container) => restoreContainer(container, states, now));
  const ended = containers.find(
    (container, index) => container.status === "stopped" && saved.containers[index]?.status !== "stopped",
  );
  const essential = ended && saved.payload.containers.some(({ name, essential }) => essential && name === ended.name);
  return {
    ...saved,
    containers,
    desired: essential ? "STOPPED" : saved.desired,
    secrets: saved.secrets === "failed" ? "failed" : "none",
    namespace: restoreNamespace(saved, states),
  };
}

/** Containers and namespaces of the runtime that belong to no saved task: left by a step that was cut short. */
export function strays(tasks: readonly AgentTask[], states: ReadonlyMap<string, ContainerState>): readonly string[] {
  const known = new Set(
    tasks.flatMap((task) => [task.namespace.id, ...task.containers.map(({ runtimeId }) => runtimeId)]),
  );
  return [...states.keys()].filter((id) => !known.has(id));
}

function restoreContainer(
  container: AgentContainer,
  states: ReadonlyMap<string, ContainerState>,
  now: number,
): AgentContainer {
  if (container.status === "stopped") return container;
  if (container.runtimeId === undefined) return { ...container, status: "none" };
  const state = states.get(container.runtimeId);
  if (!state) {
    return {
      ...container,
      status: "stopped",
      reason: container.reason ?? "ContainerVanishedError: No container matching saved ID found",
    };
  }
  const startedAt = state.startedAt?.getTime() ?? container.startedAt ?? (state.status === "created" ? undefined : now);
  return {
    ...container,
    status: statuses[state.status],
    ports: state.ports,
    ...(startedAt !== undefined && { startedAt }),
    ...(state.exitCode !== undefined && state.status === "stopped" && { exitCode: state.exitCode }),
  };
}

const statuses: Record<ContainerState["status"], ContainerStatus> = {
  created: "created",
  running: "running",
  stopped: "stopped",
};

function restoreNamespace(
  { namespace }: AgentTask,
  states: ReadonlyMap<string, ContainerState>,
): AgentTask["namespace"] {
  if (namespace.status === "opening") return { status: "none" };
  if (namespace.status !== "open" && namespace.status !== "closing") return namespace;
  const there = namespace.id !== undefined && states.get(namespace.id)?.status === "running";
  return there ? { ...namespace, status: "open" } : { status: "closed" };
}
