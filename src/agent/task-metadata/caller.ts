import type { Containers } from "../../runtime/containers.ts";
import type { AgentTask } from "../engine/task.ts";

/** Says whether a request may come from a task, as far as the address that it comes from tells. */
export interface Callers {
  mayBe(task: AgentTask, from: string): Promise<boolean>;
  /** It may come from any of the tasks. */
  mayBeAny(tasks: readonly AgentTask[], from: string): Promise<boolean>;
  /** The request may come from the machine itself: a log driver of the engine, or a container in the machine's network. */
  mayBeMachine(from: string): boolean;
}

/** In place of an address, where a request came in the network of one task. */
export function callerOf(arn: string): string {
  return `task ${arn}`;
}

/**
 * `own` is the address at which the endpoint listens: programs of the machine come from there. With `isShared` all tasks do, as they
 * are programs of the machine.
 */
export function callers(own: string, containers: Pick<Containers, "inspect">, isShared: boolean): Callers {
  /** By address, the container that was last seen there. */
  const seen = new Map<string, string>();

  function mayBeMachine(from: string): boolean {
    return from === own || from.startsWith("127.");
  }

  async function isContainer(id: string, from: string): Promise<boolean> {
    const state = await containers.inspect(id);
    const isThere = state?.status === "running" && state.networks?.some(({ address }) => address === from);
    if (isThere) seen.set(from, id);
    return isThere ?? false;
  }

  async function mayBe(task: AgentTask, from: string): Promise<boolean> {
    if (isShared || from === callerOf(task.arn)) return true;
    const { networkMode = "bridge" } = task.payload;
    if (networkMode === "host") return mayBeMachine(from);
    if (networkMode === "awsvpc") return addressesOf(task).includes(from);
    const ids = runtimeIdsOf(task);
    const last = seen.get(from);
    // The address may belong to another container by now.
    if (last !== undefined && ids.includes(last)) return isContainer(last, from);
    for (const id of ids) if (await isContainer(id, from)) return true;
    return false;
  }

  return {
    mayBeMachine,
    mayBe,
    async mayBeAny(tasks, from) {
      const isOf = (task: AgentTask) => from === callerOf(task.arn) || addressesOf(task).includes(from);
      if (mayBeMachine(from) || tasks.some(isOf)) return true;
      const last = seen.get(from);
      const likely = tasks.find((task) => last !== undefined && runtimeIdsOf(task).includes(last));
      if (likely && (await mayBe(likely, from))) return true;
      for (const task of tasks) {
        if (task.payload.networkMode !== "host" && task !== likely && (await mayBe(task, from))) return true;
      }
      return false;
    },
  };
}

/** Of an awsvpc task. */
function addressesOf({ payload: { networkMode, elasticNetworkInterfaces = [] } }: AgentTask): readonly string[] {
  if (networkMode !== "awsvpc") return [];
  return elasticNetworkInterfaces.flatMap(({ ipv4Addresses }) =>
    ipv4Addresses.map(({ privateAddress }) => privateAddress),
  );
}

function runtimeIdsOf({ containers }: AgentTask): readonly string[] {
  return containers.flatMap(({ attempt }) => attempt.runtimeId ?? []);
}
