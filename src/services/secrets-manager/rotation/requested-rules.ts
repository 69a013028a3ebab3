import { defined } from "../../../defined.ts";
import { invalidParameter } from "../errors.ts";
import { parseCron, shortestGap } from "./cron.ts";
import { longestWindow, nextWindow, parseDuration, parseRate, type RotationRules } from "./schedule.ts";

/** AWS's limits of a rate, in days and in hours. */
const longestRate = 999;
const fewestHours = 4;

/** The rules of a request; throws if AWS would refuse them. */
export function requestedRotationRules(rules: {
  readonly AutomaticallyAfterDays?: number | undefined;
  readonly ScheduleExpression?: string | undefined;
  readonly Duration?: string | undefined;
}): RotationRules {
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression, Duration: duration } = rules;
  if (days !== undefined && expression !== undefined) {
    throw invalidParameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
  }
  if (days === undefined && expression === undefined) {
    throw invalidParameter("You must specify either AutomaticallyAfterDays or ScheduleExpression.");
  }
  if (expression !== undefined) refuseExpression(expression);
  const checked: RotationRules = defined({
    AutomaticallyAfterDays: days,
    ScheduleExpression: expression,
    Duration: duration,
  });
  if (duration !== undefined) refuseDuration(checked, duration);
  return checked;
}

function refuseExpression(expression: string): void {
  const rate = parseRate(expression);
  if (rate) {
    const isTooOften = rate.unit === "hours" && rate.count < fewestHours;
    const isTooSeldom = rate.count > (rate.unit === "hours" ? longestRate * 24 : longestRate);
    if (!isTooOften && !isTooSeldom) return;
    throw invalidParameter(
      `The rate expression must be between ${fewestHours} hours and ${longestRate} days: ${expression}`,
    );
  }
  const cron = parseCron(/^cron\((.*)\)$/.exec(expression)?.[1] ?? "");
  if (!cron || !nextWindow({ ScheduleExpression: expression }, new Date(0))) {
    throw invalidParameter(`Invalid ScheduleExpression: ${expression}`);
  }
  if (shortestGap(cron) < fewestHours) {
    throw invalidParameter(`The schedule rotates more often than every ${fewestHours} hours: ${expression}`);
  }
}

/** Throws if a window would extend into the next one or, with a cron expression, into the next day. */
function refuseDuration(rules: RotationRules, duration: string): void {
  const hours = parseDuration(duration);
  if (hours >= 1 && hours <= longestWindow(rules)) return;
  throw invalidParameter(
    `The rotation window must not extend into the next rotation window or the next UTC day: ${duration}`,
  );
}
