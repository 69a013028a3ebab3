import { createHmac } from "node:crypto";
import type { AgentTask } from "../engine/task.ts";

/** A container, by its id in the paths of the task endpoint. */
export interface Found {
  readonly task: AgentTask;
  readonly container: string;
}

export interface EndpointIds {
  /** A UUID that nobody can guess and that is the same after a restart. */
  of(arn: string, container: string): string;
  find(id: string): Found | undefined;
}

/** Ids are made from `key`, so that none has to be stored. */
export function endpointIds(key: string, tasks: () => readonly AgentTask[]): EndpointIds {
  const known = new Map<string, { readonly arn: string; readonly container: string }>();
  let indexed = new Set<string>();

  function of(arn: string, container: string): string {
    const digits = createHmac("sha256", key).update(`${arn}\0${container}`).digest("hex");
    const variant = ((Number.parseInt(digits[16] ?? "0", 16) & 3) | 8).toString(16);
    const parts = [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `${variant}${digits.slice(17, 20)}`,
    ];
    return [...parts, digits.slice(20, 32)].join("-");
  }

  /** Anew, where there is a task that it lacks. */
  function index(): void {
    const present = tasks();
    if (present.every(({ arn }) => indexed.has(arn))) return;
    known.clear();
    indexed = new Set(present.map(({ arn }) => arn));
    for (const { arn, containers } of present) {
      for (const { name } of containers) known.set(of(arn, name), { arn, container: name });
    }
  }

  return {
    of,
    find(id) {
      if (!known.has(id)) index();
      const found = known.get(id);
      const task = found && tasks().find(({ arn }) => arn === found.arn);
      return task && { task, container: found.container };
    },
  };
}
