import assert from "node:assert/strict";
import { test } from "node:test";
import type { AcsMessages } from "../../acs/protocol.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { container, taskArn, taskWith } from "../engine/task.fixture.ts";
import type { AgentTask, ContainerHealth } from "../engine/task.ts";
import { healthReporter } from "./health.ts";
import type { Send } from "./session.ts";

function taskIn(status: ContainerHealth["status"], change: Partial<AgentTask> = {}): AgentTask {
  const containers = [container("main", { healthCheckType: "docker" }), container("side")];
  const run = { status: "running", startedAt: 1000 } as const;
  return taskWith(containers, { main: { ...run, health: { status, since: 5000 } }, side: run }, change);
}

function open(tasks: AgentTask[]) {
  const sent: AcsMessages["PublishHealthRequest"][] = [];
  let tick = () => {};
  const reports = healthReporter({
    cluster: "default",
    containerInstanceArn: "instance",
    clock: fakeClock(),
    ids: randomIds,
    timers: {
      after: () => () => {},
      every(_milliseconds, work) {
        tick = work;
        return () => {};
      },
    },
    tasks: () => tasks,
  });
  const send: Send = (type, message) => {
    assert.equal(type, "PublishHealthRequest");
    sent.push(message as AcsMessages["PublishHealthRequest"]);
  };
  return { reports, sent, send, tick: () => tick() };
}

const said = (sent: AcsMessages["PublishHealthRequest"][]) => sent.map(({ tasks }) => tasks[0]?.containers);
const main = (healthStatus: string) => [{ containerName: "main", healthStatus, statusSince: 5 }];

test("each change of health is told at once, other changes are not", () => {
  const { reports, sent, send } = open([]);
  reports.connected(send);
  assert.equal(sent.length, 0);
  for (const status of ["UNKNOWN", "UNKNOWN", "HEALTHY", "HEALTHY", "UNHEALTHY"] as const)
    reports.changed(taskIn(status));
  assert.deepEqual(said(sent), [main("UNKNOWN"), main("HEALTHY"), main("UNHEALTHY")]);
  const { taskArn: arn, ...rest } = sent[0]!.tasks[0]!;
  assert.equal(arn, taskArn);
  assert.deepEqual([rest.taskDefinitionFamily, rest.taskDefinitionVersion, sent[0]!.metadata.fin], ["web", "3", true]);
});

test("everything is told again on a new connection and every 20 seconds", () => {
  const { reports, sent, send, tick } = open([taskIn("HEALTHY")]);
  tick();
  assert.equal(sent.length, 0);
  reports.connected(send);
  tick();
  assert.deepEqual(said(sent), [main("HEALTHY"), main("HEALTHY")]);
});

test("many tasks are told in messages of ten, of which the last says so", () => {
  const { reports, sent, send } = open(
    Array.from({ length: 23 }, (_, index) => taskIn("HEALTHY", { arn: `task-${index}` })),
  );
  reports.connected(send);
  assert.deepEqual(
    sent.map(({ tasks, metadata }) => [tasks.length, metadata.fin]),
    [
      [10, false],
      [10, false],
      [3, true],
    ],
  );
});

test("a task without a check, or that has stopped, is not told of", () => {
  const stopped = { status: "stopped" } as const;
  const gone = taskWith([container("main", { healthCheckType: "docker" })], { main: stopped }, { desired: "STOPPED" });
  const { reports, sent, send } = open([taskWith([container("main")]), gone]);
  reports.connected(send);
  reports.changed(gone);
  assert.deepEqual(sent, []);
});
