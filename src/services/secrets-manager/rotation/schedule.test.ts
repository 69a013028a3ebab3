import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCron } from "./cron.ts";
import { nextWindow, type RotationRules, windowAfter } from "./schedule.ts";

const hour = 60 * 60 * 1000;

test("nextWindow follows the schedule from the last rotation", () => {
  const cases: readonly (readonly [RotationRules, string, string, string])[] = [
    [{ AutomaticallyAfterDays: 30 }, "2026-01-02T03:04:05Z", "2026-02-01T00:00:00.000Z", "2026-02-01T23:59:59.000Z"],
    [
      { AutomaticallyAfterDays: 1, Duration: "2h" },
      "2026-01-02T23:00:00Z",
      "2026-01-03T00:00:00.000Z",
      "2026-01-03T02:00:00.000Z",
    ],
    [
      { ScheduleExpression: "rate(10 days)" },
      "2026-01-02T00:00:00Z",
      "2026-01-12T00:00:00.000Z",
      "2026-01-12T23:59:59.000Z",
    ],
    [
      { ScheduleExpression: "rate(4 hours)" },
      "2026-01-02T03:04:05Z",
      "2026-01-02T07:00:00.000Z",
      "2026-01-02T08:00:00.000Z",
    ],
    [
      { ScheduleExpression: "rate(4 hours)" },
      "2026-01-02T04:00:00Z",
      "2026-01-02T08:00:00.000Z",
      "2026-01-02T09:00:00.000Z",
    ],
    [
      { ScheduleExpression: "cron(0 8 1 * ? *)" },
      "2026-01-01T08:00:00Z",
      "2026-02-01T08:00:00.000Z",
      "2026-02-01T23:59:59.000Z",
    ],
    [
      { ScheduleExpression: "cron(0 */8 * * ? *)", Duration: "3h" },
      "2026-01-01T08:00:00Z",
      "2026-01-01T16:00:00.000Z",
      "2026-01-01T19:00:00.000Z",
    ],
  ];
  for (const [rules, last, start, end] of cases) {
    const window = nextWindow(rules, new Date(last))!;
    assert.deepEqual([window.start.toISOString(), window.end.toISOString()], [start, end], JSON.stringify(rules));
  }
});

test("nextWindow has none without a schedule, and none of a day that never comes", () => {
  assert.equal(nextWindow({}, new Date(0)), undefined);
  assert.equal(nextWindow({ ScheduleExpression: "cron(0 8 30 2 ? *)" }, new Date(0)), undefined);
});

test("nextWindow of a cron expression is the first hour of it that comes, as looking at every hour finds", () => {
  const field = (values: string[]) => fc.constantFrom(...values);
  const expressions = fc.oneof(
    fc
      .tuple(field(["0", "8", "*/6", "1,13"]), field(["1", "L", "15,31", "*/9"]), field(["*", "2", "JAN,JUL", "1/5"]))
      .map(([hours, days, months]) => `0 ${hours} ${days} ${months} ? *`),
    fc
      .tuple(field(["0", "23", "*/8"]), field(["SUN", "2#2", "6L", "MON-FRI", "L"]))
      .map(([hours, weekdays]) => `0 ${hours} ? * ${weekdays} *`),
  );
  fc.assert(
    fc.property(
      expressions,
      fc.date({ min: new Date("2026-01-01"), max: new Date("2028-12-31"), noInvalidDate: true }),
      (expression, last) => {
        const cron = parseCron(expression)!;
        let time = Math.floor(last.getTime() / hour) * hour + hour;
        const isIn = (at: Date) =>
          cron.hours.includes(at.getUTCHours()) && cron.isDay(new Date(at.toISOString().slice(0, 10)));
        while (!isIn(new Date(time))) time += hour;
        assert.equal(nextWindow({ ScheduleExpression: `cron(${expression})` }, last)!.start.getTime(), time);
      },
    ),
    { numRuns: 60 },
  );
});

test("windows of a rate in hours are exactly that many hours apart, however late each rotation is done", () => {
  for (const hours of [4, 7, 9, 24, 100]) {
    const rules = { ScheduleExpression: `rate(${hours} hours)` };
    let window = nextWindow(rules, new Date("2026-01-02T03:04:05Z"))!.start;
    for (let count = 0; count < 50; count++) {
      const late = new Date(window.getTime() + ((count * 37) % (hours * 60)) * 60_000);
      const next = windowAfter(rules, window, late)!;
      assert.equal(next.getTime() - window.getTime(), hours * hour, rules.ScheduleExpression);
      assert.deepEqual(nextWindow(rules, window)!.start, next);
      window = next;
    }
  }
});

test("windowAfter leaves out the windows that nobody was there for", () => {
  const rules = { ScheduleExpression: "rate(7 hours)" };
  const planned = new Date("2026-01-02T03:00:00Z");
  assert.deepEqual(windowAfter(rules, planned, new Date("2026-01-05T01:00:00Z")), new Date("2026-01-05T08:00:00Z"));
  assert.deepEqual(windowAfter(rules, planned, new Date("2026-01-02T02:00:00Z")), planned);
});
