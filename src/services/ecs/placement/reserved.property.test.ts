import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { databases } from "../../../../test/support/databases.ts";
import {
  type FakeAgent,
  network,
  openEcs,
  plainDefinition,
  startFakeAgent,
  type TestEcs,
} from "../test-support.fixture.ts";
import { nothingReserved, reserve } from "./reserved.ts";

const families = ["plain", "fixed", "vpc"] as const;

/** One thing that happens; `which` chooses among the tasks or instances that there are. */
const step = fc.record({
  what: fc.constantFrom("run", "run", "run", "start", "stop", "report", "report", "end", "end twice", "deregister"),
  family: fc.constantFrom(...families),
  which: fc.nat(1000),
  count: fc.integer({ min: 1, max: 3 }),
  group: fc.constantFrom(undefined, "one", "__proto__"),
  status: fc.constantFrom("PENDING", "RUNNING", "DEACTIVATING"),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function openWorld(options: Parameters<typeof openEcs>[0]) {
  const own = await openEcs(options);
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition({
    ...plainDefinition,
    containerDefinitions: [{ name: "a", image: "b", memory: 64 }],
  });
  await ecs.registerTaskDefinition({ ...plainDefinition, family: "fixed" });
  await ecs.registerTaskDefinition({
    family: "vpc",
    networkMode: "awsvpc",
    cpu: "128",
    memory: "256",
    containerDefinitions: [{ name: "a", image: "b", portMappings: [{ containerPort: 80, protocol: "udp" }] }],
  });
  const world = { own, agents: [] as FakeAgent[] };
  await refill(world);
  return world;
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** Two instances, one of them with few addresses. */
async function refill({ own, agents }: { readonly own: TestEcs; readonly agents: FakeAgent[] }): Promise<void> {
  while (agents.length < 2) {
    agents.push(
      await startFakeAgent(own, { memory: 1024, subnet: agents.length === 0 ? "10.0.0.0/29" : "10.1.0.0/16" }),
    );
  }
}

async function happen(world: World, { what, family, which, count, group, status }: Step): Promise<void> {
  const { own, agents } = world;
  const { ecs } = own;
  const agent = agents[which % agents.length]!;
  const request = {
    taskDefinition: family,
    ...(family === "vpc" && { networkConfiguration: network }),
    ...(group !== undefined && { group }),
  };
  if (what === "run") return void (await ecs.runTask({ ...request, count }));
  if (what === "start") return void (await ecs.startTask({ ...request, containerInstances: [agent.arn] }));
  if (what === "deregister") {
    await agent.disconnect();
    await ecs.deregisterContainerInstance({ containerInstance: agent.arn, force: true });
    agents.splice(agents.indexOf(agent), 1);
    return refill(world);
  }
  const live = await own.context.store.taskStates.onInstance(agent.arn);
  const task = live[which % (live.length || 1)]?.arn;
  if (task === undefined) return;
  if (what === "stop") await ecs.stopTask({ task });
  else if (what === "report") await agent.tell(task, status);
  else {
    const times = what === "end" ? 1 : 2;
    await Promise.all(Array.from({ length: times }, () => agent.tell(task, "STOPPED", { reason: "It ended" })));
  }
}

const sorted = (ports: readonly number[]) => [...ports].sort();

/** What an instance has reserved is the sum of its tasks that have not stopped. */
async function check({ own: { context, ecs } }: World): Promise<void> {
  const { store } = context;
  for (const instance of await store.instances.ofCluster("arn:aws:ecs:us-east-1:111122223333:cluster/default")) {
    const live = await store.tasks.liveOn(instance.arn);
    const sum = live.reduce(reserve, nothingReserved);
    assert.deepEqual(
      { ...instance.reserved, tcp: sorted(instance.reserved.tcp), groups: new Map(instance.reserved.groups) },
      { ...sum, tcp: sorted(sum.tcp), groups: new Map(sum.groups) },
    );
    const addresses = live.flatMap(({ networkInterface }) => networkInterface?.address ?? []);
    assert.equal(new Set(addresses).size, addresses.length, "no address is given twice");
    const subnet = Array.from({ length: 8 }, (_, index) => `10.0.0.${index}`);
    const inUse = await store.interfaces.inUse(instance.arn, [...subnet, ...addresses]);
    assert.deepEqual([...inUse].sort(), [...addresses].sort());
    const { containerInstances } = await ecs.describeContainerInstances({ containerInstances: [instance.arn] });
    const { runningTasksCount, pendingTasksCount } = containerInstances![0]!;
    assert.equal(runningTasksCount! + pendingTasksCount!, live.length);
  }
}

for (const { name, open } of databases()) {
  test(`an instance has reserved what its live tasks take, whatever happened (${name})`, async () => {
    const world = await openWorld({ database: await open() });
    await using _ = world.own;
    const numRuns = name === "sqlite" ? 40 : 4;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        for (const one of steps) await happen(world, one);
        await check(world);
      }),
      // The world goes on from run to run: a shorter history would not be the same one.
      { numRuns, endOnFailure: true },
    );
    for (const agent of world.agents) {
      await agent.disconnect();
      await world.own.ecs.deregisterContainerInstance({ containerInstance: agent.arn, force: true });
      assert.deepEqual((await world.own.context.store.instances.find(agent.arn))!.reserved, nothingReserved);
    }
  });
}
