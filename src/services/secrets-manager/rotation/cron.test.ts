import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCron } from "./cron.ts";

/** The first days and hours of an expression from the start of 2026. */
function first(expression: string, count: number): string[] {
  const cron = parseCron(expression)!;
  const found: string[] = [];
  for (let day = Date.UTC(2026, 0, 1); found.length < count; day += 24 * 60 * 60 * 1000) {
    if (!cron.isDay(new Date(day))) continue;
    for (const hour of cron.hours) found.push(`${new Date(day).toISOString().slice(0, 10)} ${hour}`);
  }
  return found.slice(0, count);
}

test("parseCron knows the days and hours of AWS's examples", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["0 8 1 * ? *", ["2026-01-01 8", "2026-02-01 8"]],
    ["0 8 1 1/3 ? *", ["2026-01-01 8", "2026-04-01 8", "2026-07-01 8"]],
    ["0 16 ? * SUN *", ["2026-01-04 16", "2026-01-11 16"]],
    ["0 8 ? * 2#1 *", ["2026-01-05 8", "2026-02-02 8"]],
    ["0 10 L * ? *", ["2026-01-31 10", "2026-02-28 10"]],
    ["0 0 ? * 6L *", ["2026-01-30 0", "2026-02-27 0"]],
    ["0 0 ? * L *", ["2026-01-03 0", "2026-01-10 0"]],
    ["0 */8 * * ? *", ["2026-01-01 0", "2026-01-01 8", "2026-01-01 16", "2026-01-02 0"]],
    ["0 8-16/4 ? * MON-FRI *", ["2026-01-01 8", "2026-01-01 12", "2026-01-01 16", "2026-01-02 8"]],
    ["0 1 15,31 JAN,mar ? *", ["2026-01-15 1", "2026-01-31 1", "2026-03-15 1"]],
    ["0 1 29 2 ? *", ["2028-02-29 1"]],
  ];
  for (const [expression, expected] of cases)
    assert.deepEqual(first(expression, expected.length), expected, expression);
});

test("parseCron refuses what Secrets Manager's dialect has not", () => {
  const wrong = [
    "",
    "0 8 1 * ?",
    "5 8 1 * ? *",
    "0 8 1 * ? 2026",
    "0 8 1 * 1 *",
    "0 8 ? * ? *",
    "0 24 1 * ? *",
    "0 8 0 * ? *",
    "0 8 1 13 ? *",
    "0 8 ? * 8 *",
    "0 8 ? * 1#6 *",
    "0 8 ? * MOO *",
    "0 8-4 1 * ? *",
    "0 */0 1 * ? *",
    "0 1-2-3 1 * ? *",
    "0 8 1/ * ? *",
    "0 -1 1 * ? *",
  ];
  for (const expression of wrong) assert.equal(parseCron(expression), undefined, expression);
});
