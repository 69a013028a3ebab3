/**
 * A cron expression in the dialect of Secrets Manager: six fields in UTC, of which the minutes are 0 and the year is `*`.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export interface Cron {
  /** Ascending. */
  readonly hours: readonly number[];
  /** True if the expression has times on the day that begins at `midnight`. */
  isDay(midnight: Date): boolean;
}

type DayTest = (date: Date) => boolean;

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Reads the text between the parentheses of `cron(…)`; `undefined` if it is malformed. */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/);
  const [minutes, hoursField = "", dayField = "", monthField = "", weekdayField = "", year] = fields;
  if (fields.length !== 6 || minutes !== "0" || year !== "*") return undefined;
  const hours = parseNumbers(hoursField, { first: 0, last: 23 });
  const monthNumbers = parseNumbers(monthField, { first: 1, last: 12, names: months });
  // AWS demands that one of the two, and only one, is "?".
  if ((dayField === "?") === (weekdayField === "?")) return undefined;
  const day = dayField === "?" ? weekdayTest(weekdayField) : dayTest(dayField);
  if (!hours || !monthNumbers || !day) return undefined;
  return {
    hours: [...hours].sort((one, other) => one - other),
    isDay: (date) => monthNumbers.has(date.getUTCMonth() + 1) && day(date),
  };
}

const day = 24 * 60 * 60 * 1000;

/** Days after which leap years and weekdays come in the same order again: 28 years. */
const cycle = 28 * 365 + 7;

/** Hours between the two closest times of an expression; more than a day if no two are on one day or on neighboring days. */
export function shortestGap({ hours, isDay }: Cron): number {
  const withinDay = hours.slice(1).map((at, index) => at - (hours[index] ?? 0));
  const overnight = Math.min(...hours) + 24 - Math.max(...hours);
  if (overnight >= Math.min(...withinDay)) return Math.min(...withinDay);
  const start = Date.UTC(2000, 0, 1);
  for (let number = 0, wasDay = false; number <= cycle; number++) {
    const is = isDay(new Date(start + number * day));
    if (is && wasDay) return overnight;
    wasDay = is;
  }
  return Math.min(...withinDay, overnight + 24);
}

interface Range {
  readonly first: number;
  readonly last: number;
  /** Names of `first` and the numbers that follow. */
  readonly names?: readonly string[];
}

/** `*`, `n`, `n-m`, `n/s`, `n-m/s`, and lists of them. */
function parseNumbers(field: string, range: Range): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  for (const part of field.split(",")) {
    const [, span = "", step = "1"] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
    const bounds = parseSpan(span, part.includes("/"), range);
    if (!bounds || Number(step) === 0) return undefined;
    for (let number = bounds[0]; number <= bounds[1]; number += Number(step)) numbers.add(number);
  }
  return numbers;
}

function parseSpan(span: string, hasStep: boolean, range: Range): readonly [number, number] | undefined {
  if (span === "*") return [range.first, range.last];
  const ends = span.split("-").map((end) => parseNumber(end, range));
  const [from, to = hasStep ? range.last : from] = ends;
  if (ends.length > 2 || from === undefined || to === undefined || from > to) return undefined;
  return [from, to];
}

function parseNumber(text: string, { first, last, names = [] }: Range): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const number = named >= 0 ? first + named : /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= first && number <= last ? number : undefined;
}

/** `L` is the last day of the month. */
function dayTest(field: string): DayTest | undefined {
  if (field === "L") return (date) => date.getUTCDate() === daysIn(date);
  const days = parseNumbers(field, { first: 1, last: 31 });
  return days && ((date) => days.has(date.getUTCDate()));
}

/** `5#3` is the month's third Thursday, `5L` its last, `L` every Saturday. */
function weekdayTest(field: string): DayTest | undefined {
  const range = { first: 1, last: 7, names: weekdays };
  const [, ordinalDay = "", ordinal] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  const [, lastDay] = /^(\w+)L$/.exec(field) ?? [];
  if (ordinal !== undefined) {
    const day = parseNumber(ordinalDay, range);
    return day === undefined
      ? undefined
      : (date) => weekdayOf(date) === day && Math.ceil(date.getUTCDate() / 7) === Number(ordinal);
  }
  if (lastDay !== undefined) {
    const day = parseNumber(lastDay, range);
    return day === undefined ? undefined : (date) => weekdayOf(date) === day && date.getUTCDate() > daysIn(date) - 7;
  }
  if (field === "L") return (date) => weekdayOf(date) === 7;
  const days = parseNumbers(field, range);
  return days && ((date) => days.has(weekdayOf(date)));
}

/** Sunday is 1. */
function weekdayOf(date: Date): number {
  return date.getUTCDay() + 1;
}

function daysIn(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
