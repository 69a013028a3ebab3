import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScheduledTask } from "../tasks/scheduled-task.ts";
import { planDaemon } from "./plan-daemon.ts";
import type { Deployment, ServiceRecord } from "./service.ts";

const now = 1_000_000;

const deployment = (id: string, status: Deployment["status"]): Deployment => ({
  ...{ id, status, definitionArn: id, launchType: "EC2", rolloutStateReason: "", createdAt: 0, updatedAt: 0 },
  rolloutState: status === "PRIMARY" ? "IN_PROGRESS" : "COMPLETED",
});

function service(minimumHealthyPercent = 0): ServiceRecord {
  return {
    ...{ arn: "arn", name: "agent", clusterArn: "cluster", status: "ACTIVE", desiredCount: 0, launchType: "EC2" },
    ...{ schedulingStrategy: "DAEMON", events: [], steady: false, createdAt: 0, createdBy: "root" },
    deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent },
    deployments: [deployment("new", "PRIMARY"), deployment("old", "ACTIVE")],
  };
}

/** `new a R`: a task of the deployment `new` on the instance `a`; R runs, U is unhealthy, S stops, K is protected. */
function tasks(text: string): ScheduledTask[] {
  return text.split(",").flatMap((entry, createdAt): ScheduledTask[] => {
    const [startedBy, instanceArn, state] = entry.trim().split(" ");
    if (!startedBy || !instanceArn) return [];
    return [
      {
        ...{ arn: entry.trim(), startedBy, instanceArn, createdAt, startedAt: createdAt, lastStatus: "RUNNING" },
        desiredStatus: state === "S" ? "STOPPED" : "RUNNING",
        ...(state === "U" && { health: "UNHEALTHY" as const }),
        ...(state === "K" && { protectedUntil: now + 1 }),
      } as ScheduledTask,
    ];
  });
}

const cases = [
  ["every instance gets a task", 0, "a b", "", "a b", ""],
  ["an instance that has one gets no other", 0, "a b", "new a R", "b", ""],
  ["what stops has to be gone first", 0, "a b", "old a S, new b R", "", ""],
  ["without a minimum, all older ones go at once", 0, "a b", "old a R, old b R", "", "old a R, old b R"],
  ["the minimum keeps some of them", 50, "a b c", "old a R, old b R, old c R", "", "old a R"],
  ["an instance that is left loses its task, whatever the minimum", 100, "a", "new a R, new b R", "", "new b R"],
  ["of two on one instance the older stays", 0, "a", "new a R, new a U", "", "new a U"],
  ["an unhealthy one makes room for the next", 100, "a b", "new a U, new b R", "", "new a U"],
  ["a protected one stays", 0, "a", "old a K", "", ""],
] as const;

for (const [title, minimum, instances, given, start, stop] of cases) {
  test(`planDaemon: ${title}`, () => {
    const plan = planDaemon(service(minimum), tasks(given), { now, instances: new Set(instances.split(" ")) });
    assert.deepEqual(
      [plan.startOn?.join(" "), plan.stop.map(({ task }) => task.arn).join(", "), plan.service.desiredCount],
      [start, stop, instances.split(" ").length],
    );
    assert.equal(plan.start, plan.startOn?.length);
  });
}
