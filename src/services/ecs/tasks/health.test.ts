import assert from "node:assert/strict";
import { test } from "node:test";
import type { HealthStatus } from "@aws-sdk/client-ecs";
import { deliveryInterval } from "../acs/session.ts";
import type { Ecs } from "../context.ts";
import { reconcileServices } from "../services/reconcile-services.ts";
import { type FakeAgent, openEcs, startFakeAgent } from "../test-support.fixture.ts";
import { advanceHealth, taskHealth } from "./health.ts";
import { takeHealth } from "./take-health.ts";
import type { Task } from "./task.ts";

const since = 1_767_312_000;

/** What an agent tells of a task on its machine. */
async function tell(
  { context, arn }: Pick<FakeAgent, "arn"> & { readonly context: Ecs },
  task: string,
  healths: Readonly<Record<string, HealthStatus>>,
  at = since,
) {
  const observed = Object.entries(healths).map(([containerName, status]) => ({
    containerName,
    status,
    since: at * 1000,
  }));
  await takeHealth(context, arn, task, observed);
}

const healthCheck = { command: ["CMD-SHELL", "true"] };

async function open() {
  const own = await openEcs();
  await own.ecs.createCluster({});
  await own.ecs.registerTaskDefinition({
    family: "web",
    containerDefinitions: [
      { name: "app", image: "busybox", memory: 8, healthCheck },
      { name: "plain", image: "busybox", memory: 8 },
      { name: "side", image: "busybox", memory: 8, essential: false, healthCheck },
    ],
  });
  const attributes = [
    { name: "ecs.capability.container-health-check" },
    { name: "com.amazonaws.ecs.capability.docker-remote-api.1.24" },
  ];
  const agent = await startFakeAgent(own, { attributes });
  return { own, agent, ecs: own.ecs };
}

/** The example of AWS's page, and what it leaves open. */
const cases: [containers: string, HealthStatus | undefined][] = [
  ["UNHEALTHY UNKNOWN", "UNHEALTHY"],
  ["UNHEALTHY HEALTHY", "UNHEALTHY"],
  ["HEALTHY UNKNOWN", "UNKNOWN"],
  ["HEALTHY HEALTHY", "HEALTHY"],
  ["UNHEALTHY UNKNOWN HEALTHY", "UNHEALTHY"],
  ["HEALTHY UNKNOWN UNKNOWN", "UNKNOWN"],
  ["HEALTHY -", "HEALTHY"],
  ["- -", undefined],
  ["HEALTHY UNHEALTHY?", "HEALTHY"],
  ["UNHEALTHY?", undefined],
];
for (const [text, expected] of cases) {
  test(`a task of ${text} is ${expected ?? "not checked"}`, () => {
    const containers = text.split(" ").map((word) => {
      const status = word.replace("?", "");
      return { essential: !word.endsWith("?"), ...(status !== "-" && { health: { status } }) };
    });
    assert.equal(taskHealth({ containers } as unknown as Task), expected);
  });
}

test("DescribeTasks shows the health of containers and of the task", async () => {
  const { own, agent, ecs } = await open();
  await using _ = own;
  const { tasks } = await ecs.runTask({ taskDefinition: "web" });
  const arn = tasks![0]!.taskArn!;
  await agent.obey();
  async function shown() {
    const [task] = (await ecs.describeTasks({ tasks: [arn] })).tasks!;
    return [task!.healthStatus, ...task!.containers!.map(({ healthStatus }) => healthStatus)];
  }
  assert.deepEqual(await shown(), ["UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN"]);
  await tell({ ...agent, context: own.context }, arn, {
    app: "HEALTHY",
    plain: "UNHEALTHY",
    side: "UNHEALTHY",
    absent: "HEALTHY",
  });
  assert.deepEqual(await shown(), ["HEALTHY", "HEALTHY", "UNKNOWN", "UNHEALTHY"]);
  await tell({ ...agent, context: own.context }, arn, { app: "UNHEALTHY" }, since + 1);
  assert.deepEqual(await shown(), ["UNHEALTHY", "UNHEALTHY", "UNKNOWN", "UNHEALTHY"]);
  // What is older than what is known changes nothing.
  await tell({ ...agent, context: own.context }, arn, { app: "HEALTHY" });
  assert.equal((await shown())[0], "UNHEALTHY");
});

test("an agent's repeated word writes nothing, and a task on another machine is not its own", async () => {
  const { own, agent, ecs } = await open();
  await using _ = own;
  const { tasks } = await ecs.runTask({ taskDefinition: "web" });
  const arn = tasks![0]!.taskArn!;
  await agent.obey();
  const other = await startFakeAgent(own);
  const version = async () => (await own.context.store.tasks.find(arn))!.version;
  const before = await version();
  await tell({ ...other, context: own.context }, arn, { app: "HEALTHY" });
  await tell({ ...agent, context: own.context }, "arn:aws:ecs:us-east-1:111122223333:task/default/none", {
    app: "HEALTHY",
  });
  assert.equal(await version(), before);
  for (let count = 0; count < 3; count++) await tell({ ...agent, context: own.context }, arn, { app: "HEALTHY" });
  assert.equal(await version(), before + 1);
});

test("advanceHealth leaves a task alone that has stopped", () => {
  const containers = [{ name: "app", essential: true, health: { status: "HEALTHY" } }];
  const task = { lastStatus: "STOPPED", containers } as unknown as Task;
  assert.equal(advanceHealth(task, [{ containerName: "app", status: "UNHEALTHY", since: 1 }]), task);
});

test("a service replaces an unhealthy task, which says why it stopped", async () => {
  const { own, agent, ecs } = await open();
  await using _ = own;
  await ecs.createService({ serviceName: "web", taskDefinition: "web", desiredCount: 1 });
  async function round() {
    await reconcileServices(own.context);
    own.timers.fire(deliveryInterval);
    await agent.obey();
  }
  const running = async () => (await ecs.listTasks({ serviceName: "web" })).taskArns!;
  await round();
  const [first = ""] = await running();
  await round();
  const steady = async () => (await ecs.describeServices({ services: ["web"] })).services![0]!.deployments![0]!;
  assert.equal((await steady()).rolloutState, "IN_PROGRESS", "it is not healthy yet");
  await tell({ ...agent, context: own.context }, first, { app: "HEALTHY" });
  await round();
  assert.equal((await steady()).rolloutState, "COMPLETED");

  await tell({ ...agent, context: own.context }, first, { app: "UNHEALTHY" }, since + 1);
  await round();
  const both = await running();
  assert.equal(both.length, 2, "the next one starts first");
  const second = both.find((arn) => arn !== first)!;
  await round();
  assert.equal((await running()).length, 2);
  await tell({ ...agent, context: own.context }, second, { app: "HEALTHY" }, since + 2);
  await round();
  await round();
  assert.deepEqual(await running(), [second]);
  const [stopped] = (await ecs.describeTasks({ tasks: [first] })).tasks!;
  assert.deepEqual(
    [stopped!.stopCode, stopped!.stoppedReason],
    ["ServiceSchedulerInitiated", "Task failed container health checks"],
  );
  const { events } = (await ecs.describeServices({ services: ["web"] })).services![0]!;
  const id = first.split("/").at(-1);
  assert.ok(events!.some(({ message }) => message === `(service web) (task ${id}) failed container health checks.`));
});
