import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeploymentCircuitBreaker } from "@aws-sdk/client-ecs";
import type { ScheduledTask } from "../tasks/scheduled-task.ts";
import { openBreaker } from "./breaker.ts";
import type { ServiceRecord } from "./service.ts";

const now = 10_000_000;

function service(desiredCount: number, breaker: Partial<DeploymentCircuitBreaker>): ServiceRecord {
  return {
    desiredCount,
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false, ...breaker } },
    deployments: [{ id: "new", rolloutState: "IN_PROGRESS" }],
  } as unknown as ServiceRecord;
}

function failures(count: number): ScheduledTask[] {
  return Array.from(
    { length: count },
    (_, index) =>
      ({
        arn: `failed-${index}`,
        startedBy: "new",
        desiredStatus: "STOPPED",
        lastStatus: "STOPPED",
        stopCode: "TaskFailedToStart",
        createdAt: now - 1_000_000 + index,
        stoppingAt: now - 900_000 + index,
      }) as ScheduledTask,
  );
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
const cases: readonly (readonly [string, number, Partial<DeploymentCircuitBreaker>, number])[] = [
  ["half of the desired count, at least 3", 1, {}, 3],
  ["half of the desired count, rounded up", 25, {}, 13],
  ["half of the desired count, at most 200", 1000, {}, 200],
  ["a bounded percentage", 40, { thresholdConfiguration: { type: "BOUNDED_PERCENT", value: 10 } }, 4],
  ["an unbounded percentage", 1000, { thresholdConfiguration: { type: "UNBOUNDED_PERCENT", value: 50 } }, 500],
  ["an unbounded percentage of few", 2, { thresholdConfiguration: { type: "UNBOUNDED_PERCENT", value: 50 } }, 1],
  ["a count", 1000, { thresholdConfiguration: { type: "COUNT", value: 2 } }, 2],
];

for (const [name, desiredCount, breaker, threshold] of cases) {
  test(`the circuit breaker opens after ${name} of failures`, () => {
    const given = service(desiredCount, breaker);
    assert.equal(openBreaker(given, failures(threshold - 1), now), undefined);
    assert.equal(openBreaker(given, failures(threshold), now)!.deployments[0].rolloutState, "FAILED");
  });
}

test("a task that has run for long enough resets the circuit breaker's count, unless the service says otherwise", () => {
  const ran = {
    arn: "ran",
    startedBy: "new",
    desiredStatus: "RUNNING",
    lastStatus: "RUNNING",
    createdAt: now - 800_000,
  };
  const tasks = [...failures(5), { ...ran, startedAt: now - 700_000 } as ScheduledTask];
  assert.equal(openBreaker(service(1, {}), tasks, now), undefined);
  assert.ok(openBreaker(service(1, { resetOnHealthyTask: false }), tasks, now));
});
