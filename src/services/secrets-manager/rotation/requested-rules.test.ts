import assert from "node:assert/strict";
import { test } from "node:test";
import { requestedRotationRules } from "./requested-rules.ts";

const cases: readonly (readonly [expression: string, duration: string | undefined, isTaken: boolean])[] = [
  ["cron(0 8,20 * * ? *)", "4h", true],
  ["cron(0 8,20 * * ? *)", "6h", false],
  ["cron(0 0,22 1 * ? *)", undefined, true],
  ["cron(0 0,22 1 * ? *)", "2h", true],
  ["cron(0 0,22 1 * ? *)", "3h", false],
  ["cron(0 0,22 1,2 * ? *)", undefined, false],
  ["cron(0 2,22 1,2 * ? *)", undefined, true],
  ["cron(0 0,22 1,31 * ? *)", undefined, false],
  ["cron(0 0,22 ? * MON#1 *)", undefined, true],
  ["cron(0 0,22 ? * MON,WED *)", undefined, true],
  ["cron(0 0,22 ? * SAT,SUN *)", undefined, false],
  ["cron(0 0,22 29 2 ? *)", undefined, true],
  ["cron(0 */4 * * ? *)", "4h", true],
  ["cron(0 */4 * * ? *)", "5h", false],
  ["cron(0 0,5,12 * * ? *)", "6h", false],
  ["cron(0 0,5,12 * * ? *)", "5h", true],
  ["cron(0 22 1 * ? *)", "3h", false],
  ["cron(0 21 1 * ? *)", "3h", true],
  ["rate(4 hours)", "4h", true],
  ["rate(4 hours)", "5h", false],
  ["rate(7 hours)", "7h", true],
  ["rate(100 hours)", "24h", true],
  ["rate(100 hours)", "25h", false],
  ["rate(10 days)", "24h", true],
  ["rate(10 days)", "25h", false],
  ["rate(10 days)", "0h", false],
  ["rate(10 days)", "h3", false],
];

test("requestedRotationRules judges every window and every gap of an expression", () => {
  for (const [ScheduleExpression, Duration, isTaken] of cases) {
    const check = () => requestedRotationRules({ ScheduleExpression, Duration });
    const name = `${ScheduleExpression} ${Duration}`;
    if (isTaken) assert.doesNotThrow(check, name);
    else assert.throws(check, { shape: "InvalidParameterException" }, name);
  }
});
