import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcileServices } from "../services/reconcile-services.ts";
import { network, openEcs, startFakeAgent, type TestOptions, webDefinition } from "../test-support.fixture.ts";

const run = { taskDefinition: "web", launchType: "FARGATE" as const, networkConfiguration: network };
const notice =
  "The task asks for 8192 MiB of memory (its machine has 4096) and 4096 CPU units (its machine has 2048). It shares them with the other tasks of its machine.";

async function openLarge(options: TestOptions = {}) {
  const own = await openEcs(options);
  await own.ecs.createCluster({});
  await own.ecs.registerTaskDefinition({ ...webDefinition(), cpu: "4096", memory: "8192" });
  return { ...own, agent: await startFakeAgent(own) };
}

test("a FARGATE task that is larger than the machine runs, with the memory that there is, and says so", async () => {
  await using own = await openLarge();
  const { ecs, agent } = own;
  const { tasks, failures } = await ecs.runTask({ ...run, count: 2 });
  assert.deepEqual(failures, []);
  assert.equal(tasks!.length, 2);
  assert.deepEqual(tasks![0]!.attributes, [{ name: "sealift.notice.resources", value: notice }]);
  assert.deepEqual([tasks![0]!.cpu, tasks![0]!.memory], ["4096", "8192"]);
  const payload = await agent.payload(tasks![0]!.taskArn!);
  assert.deepEqual([payload.cpu, payload.memory], [4, 4096]);
  // What is shared is not counted twice: nothing is left for tasks that reserve, and all comes back.
  const remaining = async () => {
    const { containerInstances } = await ecs.describeContainerInstances({ containerInstances: [agent.arn] });
    return containerInstances![0]!.remainingResources!.slice(0, 2).map(({ integerValue }) => integerValue);
  };
  assert.deepEqual(await remaining(), [0, 0]);
  for (const { taskArn } of tasks!) await ecs.stopTask({ task: taskArn! });
  await agent.obey();
  assert.deepEqual(await remaining(), [2048, 4096]);
});

test("a service says once in its events what its FARGATE tasks share", async () => {
  await using own = await openLarge();
  const { ecs, context } = own;
  await ecs.createService({ ...run, serviceName: "web", desiredCount: 3 });
  await reconcileServices(context);
  await ecs.updateService({ service: "web", desiredCount: 5 });
  await reconcileServices(context);
  const { services } = await ecs.describeServices({ services: ["web"] });
  const said = services![0]!.events!.filter(({ message }) => message === `(service web) ${notice}`);
  assert.equal(said.length, 1);
  assert.equal((await ecs.listTasks({ serviceName: "web" })).taskArns!.length, 5);
});

test("with strictResources a FARGATE task that is larger than the machine is not placed", async () => {
  await using own = await openLarge({ strictResources: true });
  const { failures } = await own.ecs.runTask(run);
  const detail =
    "The task asks for 8192 MiB of memory, of which 4096 of 4096 are left; 4096 CPU units, of which 2048 of 2048 are left";
  assert.deepEqual(failures, [{ arn: own.agent.arn, reason: "RESOURCE:MEMORY", detail }]);
});

test("a FARGATE task goes where there is room rather than where it shares", async () => {
  await using own = await openLarge();
  const large = await startFakeAgent(own, { cpu: 8192, memory: 16384 });
  const { tasks } = await own.ecs.runTask(run);
  assert.deepEqual(tasks![0]!.attributes, []);
  assert.ok(await large.payload(tasks![0]!.taskArn!));
});

test("GPUs are reserved, shown and told to the agent, and come back", async () => {
  await using own = await openEcs();
  const { ecs, context } = own;
  await ecs.createCluster({});
  const requirement = (value: string) => ({ resourceRequirements: [{ type: "GPU" as const, value }] });
  await ecs.registerTaskDefinition({
    family: "gpu",
    containerDefinitions: [
      { name: "a", image: "b", memory: 8, ...requirement("1") },
      { name: "c", image: "d", memory: 8 },
    ],
  });
  const agent = await startFakeAgent(own);
  const none = { arn: agent.arn, reason: "RESOURCE:GPU" };
  const missing = await ecs.runTask({ taskDefinition: "gpu" });
  assert.deepEqual(missing.failures, [{ ...none, detail: "The task asks for 1 GPUs, of which 0 of 0 are left" }]);
  const instance = (await context.store.instances.find(agent.arn))!;
  const gpus = { name: "GPU", type: "STRINGSET", stringSetValue: ["GPU-1", "GPU-2", "GPU-3"] };
  await context.store.instances.put({ ...instance, resources: [...instance.resources, gpus] });
  const first = await ecs.runTask({ taskDefinition: "gpu" });
  assert.deepEqual(first.failures, []);
  assert.deepEqual(
    first.tasks![0]!.containers!.map(({ gpuIds }) => gpuIds),
    [["GPU-1"], undefined],
  );
  const { associations } = await agent.payload(first.tasks![0]!.taskArn!);
  assert.deepEqual(
    associations!.map(({ type, name, containers }) => [type, name, containers]),
    [["gpu", "GPU-1", ["a"]]],
  );
  const two = { containerOverrides: [{ name: "a", ...requirement("2") }] };
  const second = await ecs.runTask({ taskDefinition: "gpu", overrides: two });
  assert.deepEqual(second.tasks![0]!.containers![0]!.gpuIds, ["GPU-2", "GPU-3"]);
  const third = await ecs.runTask({ taskDefinition: "gpu", overrides: two });
  assert.deepEqual(third.failures, [{ ...none, detail: "The task asks for 2 GPUs, of which 0 of 3 are left" }]);
  await ecs.stopTask({ task: first.tasks![0]!.taskArn! });
  await agent.obey();
  const { containerInstances } = await ecs.describeContainerInstances({ containerInstances: [agent.arn] });
  const left = containerInstances![0]!.remainingResources!.find(({ name }) => name === "GPU");
  assert.deepEqual(left!.stringSetValue, ["GPU-1"]);
});

test("a placement failure names every attribute that is missing", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(webDefinition());
  await startFakeAgent(own, { attributes: [{ name: "sealift.fargate" }, { name: "ecs.capability.task-eni" }] });
  const { failures } = await ecs.runTask(run);
  assert.equal(failures![0]!.reason, "ATTRIBUTE");
  assert.match(
    failures![0]!.detail!,
    /^The container instance lacks the attributes com\.amazonaws.*, ecs\.capability\./,
  );
});
