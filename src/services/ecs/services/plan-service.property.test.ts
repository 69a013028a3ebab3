import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Task } from "../tasks/task.ts";
import { planService } from "./plan-service.ts";
import type { Deployment, ServiceRecord } from "./service.ts";

/** A service whose tasks start and stop as they are told, one step at a time. */
interface World {
  service: ServiceRecord;
  tasks: Task[];
  made: number;
}

const scenario = fc.record({
  desired: fc.integer({ min: 0, max: 6 }),
  later: fc.integer({ min: 0, max: 6 }),
  minimum: fc.integer({ min: 0, max: 100 }),
  maximum: fc.integer({ min: 101, max: 200 }),
  redeploy: fc.boolean(),
  /** Which task does the next thing that it has to do. */
  steps: fc.array(fc.nat(), { maxLength: 40 }),
});

test("a rolling deployment keeps to its percentages and ends with what is wanted, whatever comes first", () => {
  fc.assert(
    fc.property(scenario, ({ desired, later, minimum, maximum, redeploy, steps }) => {
      // A deployment that may neither start one more nor stop one cannot go on.
      fc.pre(
        !redeploy ||
          Math.floor((later * maximum) / 100) > later ||
          Math.ceil((later * minimum) / 100) < later ||
          later === 0,
      );
      const world: World = { service: newService(desired, minimum, maximum), tasks: [], made: 0 };
      settle(world);
      if (redeploy) deploy(world);
      world.service = { ...world.service, desiredCount: later, steady: false };
      for (const step of steps) {
        look(world);
        act(world, step);
      }
      settle(world);
      const live = world.tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
      const [primary] = world.service.deployments;
      assert.equal(world.service.deployments.length, 1);
      assert.equal(primary!.rolloutState, "COMPLETED");
      assert.equal(live.length, later);
      assert(live.every((task) => task.startedBy === primary!.id && task.lastStatus === "RUNNING"));
      assert(world.service.steady);
    }),
    { numRuns: 500 },
  );
});

/** Carries a plan out, as far as it keeps to the limits. */
function look(world: World): boolean {
  const { desiredCount, deploymentConfiguration, deployments } = world.service;
  const wanted = (tasks: readonly Task[]) => tasks.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  const running = (tasks: readonly Task[]) => wanted(tasks).filter(({ lastStatus }) => lastStatus === "RUNNING").length;
  const plan = planService(world.service, world.tasks, { now: 1, draining: new Set() });
  const before = running(world.tasks);
  const stopped = new Set(plan.stop.map(({ task }) => task));
  world.tasks = world.tasks.map((task) => (stopped.has(task) ? { ...task, desiredStatus: "STOPPED" } : task));
  const started = Array.from({ length: plan.start }, () => newTask(world));
  world.tasks.push(...started);
  const most = Math.floor((desiredCount * deploymentConfiguration.maximumPercent) / 100);
  const least = Math.ceil((desiredCount * deploymentConfiguration.minimumHealthyPercent) / 100);
  if (started.length > 0 && deployments.length > 1)
    assert(wanted(world.tasks).length <= Math.max(most, desiredCount), "too many");
  if (stopped.size > 0) assert(running(world.tasks) >= Math.min(before, least), "too few");
  const changed = plan.start > 0 || stopped.size > 0 || JSON.stringify(plan.service) !== JSON.stringify(world.service);
  world.service = plan.service;
  return changed;
}

/** One task does what it has to do next. */
function act(world: World, which: number): boolean {
  const due = world.tasks.filter(
    (task) => task.lastStatus !== "STOPPED" && (task.desiredStatus === "STOPPED" || task.lastStatus !== "RUNNING"),
  );
  const chosen = due[which % (due.length || 1)];
  if (!chosen) return false;
  const next: Task =
    chosen.desiredStatus === "STOPPED"
      ? { ...chosen, lastStatus: "STOPPED", stopCode: "ServiceSchedulerInitiated" }
      : { ...chosen, lastStatus: "RUNNING", startedAt: 1 };
  world.tasks = world.tasks.map((task) => (task === chosen ? next : task));
  return true;
}

function settle(world: World): void {
  for (let round = 0; round < 200; round++) {
    const looked = look(world);
    if (!act(world, 0) && !looked) return;
  }
  assert.fail("the service never comes to rest");
}

function deploy(world: World): void {
  const older = world.service.deployments.map((one) => ({ ...one, status: "ACTIVE" as const }));
  world.service = { ...world.service, deployments: [newDeployment("second"), ...older] };
}

function newTask(world: World): Task {
  world.made++;
  const startedBy = world.service.deployments[0]!.id;
  const task = {
    arn: `task-${world.made}`,
    startedBy,
    desiredStatus: "RUNNING",
    lastStatus: "PENDING",
    createdAt: world.made,
  };
  return task as Task;
}

function newDeployment(id: string): Deployment {
  return {
    id,
    status: "PRIMARY",
    definitionArn: id,
    launchType: "EC2",
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: "",
    createdAt: 0,
    updatedAt: 0,
  };
}

function newService(desiredCount: number, minimumHealthyPercent: number, maximumPercent: number): ServiceRecord {
  return {
    arn: "arn",
    name: "web",
    clusterArn: "cluster",
    status: "ACTIVE",
    desiredCount,
    launchType: "EC2",
    schedulingStrategy: "REPLICA",
    deploymentConfiguration: { maximumPercent, minimumHealthyPercent },
    deployments: [newDeployment("first")],
    events: [],
    steady: false,
    createdAt: 0,
    createdBy: "root",
  };
}
