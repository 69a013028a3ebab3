import { numberOf, type Value } from "../values.ts";
import type { FunctionTable } from "./function.ts";

/** A length of time, in milliseconds or in months. */
export type Period = { readonly milliseconds: number } | { readonly months: number };

const lengths: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const months: Readonly<Record<string, number>> = { mo: 1, mon: 1, q: 3, y: 12 };
const longNames: readonly (readonly [RegExp, string])[] = [
  [/^(msec|millisecond)s?$/, "ms"],
  [/^(sec|second)s?$/, "s"],
  [/^(min|minute)s?$/, "m"],
  [/^(hr|hour)s?$/, "h"],
  [/^days?$/, "d"],
  [/^weeks?$/, "w"],
  [/^months?$/, "mo"],
  [/^(qtr|quarter)s?$/, "q"],
  [/^(yr|year)s?$/, "y"],
];

/** Reads `5m`; `undefined` if it is no period. */
export function readPeriod(text: string): Period | undefined {
  const [, digits = "0", given = ""] = /^(\d{1,9})([a-z]+)$/i.exec(text) ?? [];
  const count = Number(digits);
  const unit = longNames.find(([form]) => form.test(given.toLowerCase()))?.[1] ?? given.toLowerCase();
  if (count === 0) return undefined;
  const [length, month] = [lengths[unit], months[unit]];
  if (length !== undefined) return { milliseconds: count * length };
  return month === undefined ? undefined : { months: count * month };
}

/** Weeks begin on Mondays, and 1 January 1970 was a Thursday. */
const firstMonday = 4 * 86_400_000;

/** The beginning of the period that a time is in, or of one after it. */
export function periodStart(time: Value, period: Period, ahead = 0): Date | undefined {
  const milliseconds = numberOf(time);
  if (milliseconds === undefined || Number.isNaN(new Date(milliseconds).getTime())) return undefined;
  if ("milliseconds" in period) {
    const length = period.milliseconds;
    const offset = length % (7 * 86_400_000) === 0 ? firstMonday : 0;
    return new Date((Math.floor((milliseconds - offset) / length) + ahead) * length + offset);
  }
  const date = new Date(milliseconds);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const first = (Math.floor(month / period.months) + ahead) * period.months;
  return new Date(Date.UTC(Math.floor(first / 12), first % 12));
}

/** The time at the end of the period that a time is in; the time itself where a period begins. */
export function periodEnd(time: Value, period: Period): Date | undefined {
  const start = periodStart(time, period);
  return start?.getTime() === numberOf(time) ? start : periodStart(time, period, 1);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html#CWL_QuerySyntax-datetime */
export const datetimeFunctions: FunctionTable = {
  frommillis: {
    ...{ least: 1, most: 1 },
    run(given) {
      const time = numberOf(given);
      return time === undefined ? undefined : new Date(time);
    },
  },
  tomillis: { least: 1, most: 1, run: numberOf },
};
