import assert from "node:assert/strict";
import { test } from "node:test";
import { decideRestart, type EndedRun } from "./restart-policy.ts";

const policy = { enabled: true, restartAttemptPeriod: 60, ignoredExitCodes: [0] };
const second = 1000;
const now = 1_000_000;

/** The cases of AWS's agent's own test. */
const cases: [what: string, Partial<EndedRun> & { enabled?: boolean }, expected: true | string][] = [
  ["disabled", { enabled: false }, "restart policy is not enabled"],
  ["an ignored exit code", { exitCode: 0 }, "exit code 0 should be ignored"],
  ["after two minutes", {}, true],
  ["without an exit code", { exitCode: undefined }, "exit code is nil"],
  ["wanted to stop", { isStopWanted: true }, "container's desired status is stopped"],
  ["just started", { startedAt: now }, "attempt reset period has not elapsed"],
  ["after 59 seconds", { startedAt: now - 59 * second }, "attempt reset period has not elapsed"],
  ["after 60 seconds", { startedAt: now - 60 * second }, true],
  ["just restarted", { lastRestartAt: now }, "attempt reset period has not elapsed"],
  ["restarted long ago", { lastRestartAt: now - 60 * second }, true],
];

for (const [what, { enabled = true, ...change }, expected] of cases) {
  test(`decideRestart: ${what}`, () => {
    const run = { isStopWanted: false, exitCode: 1, startedAt: now - 120 * second, lastRestartAt: undefined, at: now };
    const decision = decideRestart({ ...policy, enabled }, { ...run, ...change });
    assert.deepEqual(decision, expected === true ? { restart: true } : { restart: false, because: expected });
  });
}

test("decideRestart restarts a program that ended with 0, unless that is ignored, and asks for no time where none is given", () => {
  const run = { isStopWanted: false, exitCode: 0, startedAt: now, lastRestartAt: undefined, at: now };
  const every = { enabled: true, restartAttemptPeriod: 0, ignoredExitCodes: [] };
  assert.deepEqual(decideRestart(every, run), { restart: true });
  assert.deepEqual(decideRestart(undefined, run), { restart: false, because: "restart policy is not enabled" });
});
