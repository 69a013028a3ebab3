import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../../test/support/until.ts";
import { systemClock } from "../../../clock.ts";
import type { Health } from "../../containers.ts";
import { type HealthCheck, healthCheckOf } from "../../health-check.ts";
import { freshDirectory } from "../process.fixture.ts";
import { runHealthChecks } from "./health-checks.ts";

const quick = { interval: 10, timeout: 10_000, retries: 2, startPeriod: 0 };
const environment = { PATH: process.env.PATH, WORD: "hello" };

/** The results of the first `count` checks. */
async function results(change: Partial<HealthCheck>, count: number): Promise<readonly Health[]> {
  const found: Health[] = [];
  const over = new AbortController();
  const place = { directory: await freshDirectory(), environment, clock: systemClock, signal: over.signal };
  const checks = runHealthChecks({
    check: { command: [], ...quick, ...change },
    ...place,
    changed: (one) => found.push(one),
  });
  await until(`${count} results`, () => found.length >= count);
  over.abort();
  await checks;
  return found.slice(0, count);
}

const shell = (script: string) => ["/bin/sh", "-c", script];
const statuses = (found: readonly Health[]) => found.map(({ status }) => status);

test("a check runs in the program's place, and its output and exit code are shown", async () => {
  const [first] = await results({ command: shell('echo "$WORD"; pwd >&2; test -d . ') }, 1);
  assert.deepEqual([first?.status, first?.exitCode], ["healthy", 0]);
  assert.match(first?.output ?? "", /hello\n/);
});

test("failures make a container unhealthy after as many as there are retries, and a success makes it healthy", async () => {
  const script = "n=$(cat n 2>/dev/null || echo 0); echo $((n+1)) > n; case $n in 0|3) exit 0;; *) exit 1;; esac";
  const found = await results({ command: shell(script) }, 5);
  assert.deepEqual(statuses(found), ["healthy", "healthy", "unhealthy", "healthy", "healthy"]);
});

test("failures within the start period do not count", async () => {
  const found = await results({ command: ["false"], retries: 1, startPeriod: 3_600_000 }, 3);
  assert.deepEqual(statuses(found), ["starting", "starting", "starting"]);
});

test("a check that takes too long is killed and has failed, and so has one that cannot be run", async () => {
  const [late] = await results({ command: shell("sleep 1000 & wait"), timeout: 100, retries: 1 }, 1);
  assert.deepEqual(
    [late?.status, late?.exitCode, late?.output],
    ["unhealthy", -1, "Health check exceeded timeout (0.1s)"],
  );
  const [missing] = await results({ command: ["/no/such/program"], retries: 1 }, 1);
  assert.deepEqual([missing?.status, missing?.exitCode], ["unhealthy", -1]);
  assert.match(missing?.output ?? "", /ENOENT/);
});

test("healthCheckOf reads the payload's health check, in milliseconds and with Docker's defaults", () => {
  const defaults = { interval: 30_000, timeout: 30_000, retries: 3, startPeriod: 0 };
  const cases: [object | undefined, HealthCheck | undefined][] = [
    [undefined, undefined],
    [{ Test: [] }, undefined],
    [{ Test: ["NONE"] }, undefined],
    [{ Test: ["CMD", "a", "b"] }, { command: ["a", "b"], ...defaults }],
    [
      { Test: ["CMD-SHELL", "a b"], Interval: 5e9, Timeout: 2e9, Retries: 7, StartPeriod: 1e9 },
      { command: shell("a b"), interval: 5000, timeout: 2000, retries: 7, startPeriod: 1000 },
    ],
  ];
  for (const [Healthcheck, expected] of cases) {
    assert.deepEqual(healthCheckOf({ config: { Healthcheck } }), expected, JSON.stringify(Healthcheck));
  }
});
