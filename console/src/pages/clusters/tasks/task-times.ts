import type { Task } from "../types.ts";

/** What happens to a task, in its order. */
const moments = [
  "createdAt",
  "connectivityAt",
  "pullStartedAt",
  "pullStoppedAt",
  "startedAt",
  "stoppingAt",
  "executionStoppedAt",
  "stoppedAt",
] as const;

export interface Moment {
  readonly what: (typeof moments)[number];
  /** Seconds since 1970. */
  readonly at: number;
  /** Seconds since the moment before it; absent for the first one. */
  readonly after?: number;
}

/** What has happened to a task, the earliest first. */
export function momentsOf(task: Task): readonly Moment[] {
  const found = moments
    .flatMap((what): readonly Moment[] => {
      const at = task[what];
      return at === undefined ? [] : [{ what, at }];
    })
    .sort((one, other) => one.at - other.at);
  return found.map((moment, index) => {
    const before = found[index - 1];
    return before ? { ...moment, after: moment.at - before.at } : moment;
  });
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h` */
export function lengthText(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3_600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
