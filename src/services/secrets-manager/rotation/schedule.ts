import { type Cron, parseCron, shortestGap } from "./cron.ts";

/** The schedule of a rotation, as RotateSecret takes it. */
export interface RotationRules {
  readonly AutomaticallyAfterDays?: number;
  /** `rate(…)` or `cron(…)`. */
  readonly ScheduleExpression?: string;
  /** Length of the window in hours: `3h`. */
  readonly Duration?: string;
}

/** A time in which a secret is rotated. Sealift rotates at its start. */
interface Window {
  readonly start: Date;
  readonly end: Date;
}

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Days that are searched for the next time of a cron expression: 29 February comes at most eight years later. */
const longestSearch = 366 * 9;

/** A rate in hours or days. */
interface Rate {
  readonly count: number;
  readonly unit: "hours" | "days";
}

/**
 * The first window after the last rotation; `undefined` if there is no schedule, or if none of its days ever comes.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function nextWindow(rules: RotationRules, last: Date): Window | undefined {
  const schedule = scheduleOf(rules);
  if (!schedule) return undefined;
  const start = "count" in schedule ? rateStart(schedule, last) : cronStart(schedule, last);
  return start === undefined ? undefined : { start: new Date(start), end: windowEnd(rules, new Date(start)) };
}

/**
 * The window that comes after one that was planned, where it is not still to come. A rate in hours goes on from it, so
 * that a rotation that takes long or comes late moves none.
 */
export function windowAfter(rules: RotationRules, planned: Date | undefined, now: Date): Date | undefined {
  const schedule = scheduleOf(rules);
  if (!planned || !schedule || !("count" in schedule) || schedule.unit === "days") return nextWindow(rules, now)?.start;
  const step = schedule.count * hour;
  const passed = Math.max(0, Math.floor((now.getTime() - planned.getTime()) / step) + 1);
  return new Date(planned.getTime() + passed * step);
}

/** The end of the window that starts at `start`. Without a duration it lasts an hour for a schedule in hours, else until the end of the day. */
export function windowEnd(rules: RotationRules, start: Date): Date {
  const { Duration: duration } = rules;
  if (duration !== undefined) return new Date(start.getTime() + parseDuration(duration) * hour);
  const schedule = scheduleOf(rules);
  const isInHours = schedule && ("count" in schedule ? schedule.unit === "hours" : schedule.hours.length > 1);
  return new Date(isInHours ? start.getTime() + hour : midnightOf(start) + day - 1000);
}

/** Hours of the longest duration that fits every window of the schedule. */
export function longestWindow(rules: RotationRules): number {
  const schedule = scheduleOf(rules);
  if (!schedule) return 0;
  if (!("count" in schedule)) return Math.min(shortestGap(schedule), 24 - Math.max(...schedule.hours));
  return schedule.unit === "days" ? 24 : Math.min(schedule.count, 24);
}

function scheduleOf({ AutomaticallyAfterDays: days, ScheduleExpression: expression = "" }: RotationRules) {
  const rate: Rate | undefined = days === undefined ? parseRate(expression) : { count: days, unit: "days" };
  return rate ?? parseCron(/^cron\((.*)\)$/.exec(expression)?.[1] ?? "");
}

function cronStart(cron: Cron, last: Date): number | undefined {
  for (let midnight = midnightOf(last), looked = 0; looked < longestSearch; midnight += day, looked++) {
    if (!cron.isDay(new Date(midnight))) continue;
    const start = cron.hours.map((at) => midnight + at * hour).find((time) => time > last.getTime());
    if (start !== undefined) return start;
  }
  return undefined;
}

/** Reads `rate(10 days)`; `undefined` if it is malformed. */
export function parseRate(expression: string): Rate | undefined {
  const [, count, unit] = /^rate\((\d{1,4}) (hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined || Number(count) === 0) return undefined;
  return { count: Number(count), unit: unit === "hour" ? "hours" : "days" };
}

/** The hours of `3h`. */
export function parseDuration(duration: string): number {
  return Number(/^(\d{1,2})h$/.exec(duration)?.[1] ?? Number.NaN);
}

/** Windows of a rate in days begin at midnight, those of one in hours on the hour. */
function rateStart({ count, unit }: Rate, last: Date): number {
  if (unit === "days") return midnightOf(last) + count * day;
  return last.getTime() - (last.getTime() % hour) + count * hour;
}

function midnightOf(time: Date): number {
  return time.getTime() - (time.getTime() % day);
}
