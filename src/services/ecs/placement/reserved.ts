import type { Task } from "../tasks/task.ts";
import type { Reservation } from "./reservation.ts";

/** The sum of what an instance's tasks take of it until they have stopped. */
export interface Reserved extends Reservation {
  /** How many of each group there are. Pairs, as the names are the callers'. */
  readonly groups: readonly (readonly [group: string, count: number])[];
}

/** The parts of a task that count; none of them changes while it lives. */
export type ReservingTask = Pick<Task, "group" | "reservation">;

export const nothingReserved: Reserved = { cpu: 0, memory: 0, tcp: [], udp: [], gpus: [], groups: [] };

/** With one more task. */
export function reserve(reserved: Reserved, { group, reservation }: ReservingTask): Reserved {
  return {
    cpu: reserved.cpu + reservation.cpu,
    memory: reserved.memory + reservation.memory,
    tcp: [...reserved.tcp, ...reservation.tcp],
    udp: [...reserved.udp, ...reservation.udp],
    gpus: [...reserved.gpus, ...reservation.gpus],
    groups: withCount(reserved, group, countOf(reserved, group) + 1),
  };
}

/** Without a task that was there. */
export function release(reserved: Reserved, { group, reservation }: ReservingTask): Reserved {
  return {
    cpu: reserved.cpu - reservation.cpu,
    memory: reserved.memory - reservation.memory,
    tcp: without(reserved.tcp, reservation.tcp),
    udp: without(reserved.udp, reservation.udp),
    gpus: without(reserved.gpus, reservation.gpus),
    groups: withCount(reserved, group, countOf(reserved, group) - 1),
  };
}

/** How many tasks of the group there are. */
export function countOf({ groups }: Reserved, group: string): number {
  return groups.find(([name]) => name === group)?.[1] ?? 0;
}

function withCount({ groups }: Reserved, group: string, count: number): Reserved["groups"] {
  const others = groups.filter(([name]) => name !== group);
  return count > 0 ? [...others, [group, count]] : others;
}

/** Each goes once, as often as it is given. */
function without<Item>(items: readonly Item[], gone: readonly Item[]): readonly Item[] {
  const left = [...items];
  for (const item of gone) {
    const index = left.indexOf(item);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}
