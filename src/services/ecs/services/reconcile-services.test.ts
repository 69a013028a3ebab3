import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecs } from "../context.ts";
import type { EcsStore } from "../store.ts";
import { openEcs, startFakeAgent, type TestEcs } from "../test-support.fixture.ts";
import { sliceSize } from "./carry-out.ts";
import { reconcileServices } from "./reconcile-services.ts";

async function openServices(count: number, desiredCount: number) {
  const own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  const containerDefinitions = [{ name: "app", image: "busybox", memory: 8 }];
  await ecs.registerTaskDefinition({ family: "web", containerDefinitions });
  const agent = await startFakeAgent(own, { memory: 8 * 1000 });
  for (let index = 0; index < count; index++) {
    await ecs.createService({ serviceName: `web${index}`, taskDefinition: "web", desiredCount });
  }
  return { own, ecs, agent };
}

/** The context with a store that counts: calls by their names, and transactions. */
function counted({ context }: TestEcs, onTransaction: () => Promise<unknown> = async () => {}) {
  const calls = new Map<string, number>();
  const count = (name: string) => void calls.set(name, (calls.get(name) ?? 0) + 1);
  function counting<T extends object>(group: string, records: T): T {
    return new Proxy(records, {
      get(target, name) {
        count(`${group}.${String(name)}`);
        return Reflect.get(target, name);
      },
    });
  }
  const wrap = <T extends Pick<EcsStore, "tasks" | "instances" | "definitions">>(records: T): T => ({
    ...records,
    tasks: counting("tasks", records.tasks),
    instances: counting("instances", records.instances),
    definitions: counting("definitions", records.definitions),
  });
  const store: EcsStore = {
    ...wrap(context.store),
    async transaction(work) {
      count("transaction");
      const outcome = await context.store.transaction((records) => work(wrap(records)));
      await onTransaction();
      return outcome;
    },
  };
  return { calls, context: { ...context, store } satisfies Ecs };
}

test("many tasks are started and stopped in slices, and requests are answered in between", async () => {
  const desiredCount = 2 * sliceSize + 5;
  const { own, ecs, agent } = await openServices(1, desiredCount);
  await using _ = own;
  let turns = 0;
  let counting = true;
  const turn = () => {
    turns++;
    if (counting) setImmediate(turn);
  };
  setImmediate(turn);
  const sizes: number[] = [];
  const starting = counted(own, async () => {
    const { taskArns } = await ecs.listTasks({ maxResults: 100 });
    sizes.push(taskArns!.length);
  });
  await reconcileServices(starting.context);
  counting = false;
  assert.equal(starting.calls.get("transaction"), 3);
  assert.deepEqual(sizes, [sliceSize, 2 * sliceSize, desiredCount]);
  assert(turns >= 3);
  const describe = async () => (await ecs.describeServices({ services: ["web0"] })).services![0]!;
  const started = await describe();
  assert.equal(started.pendingCount, desiredCount);
  assert.deepEqual(
    started.events!.map(({ message }) => /has started (\d+) tasks/.exec(message!)?.[1]),
    [5, sliceSize, sliceSize].map(String),
  );
  await agent.obey();
  await reconcileServices(own.context);
  await ecs.updateService({ service: "web0", desiredCount: 0 });
  const stopping = counted(own);
  await reconcileServices(stopping.context);
  assert.equal(stopping.calls.get("transaction"), 3);
  await agent.obey();
  await reconcileServices(own.context);
  assert.deepEqual((await ecs.listTasks({})).taskArns, []);
  assert.match((await describe()).events![0]!.message!, /has reached a steady state\.$/);
});

test("an update between two slices ends the decision, and the next round follows the update", async () => {
  const { own, ecs } = await openServices(1, 3 * sliceSize);
  await using _ = own;
  let isUpdated = false;
  const { context, calls } = counted(own, async () => {
    if (!isUpdated) await ecs.updateService({ service: "web0", desiredCount: 10 });
    isUpdated = true;
  });
  await reconcileServices(context);
  assert.equal(calls.get("transaction"), 2);
  const pending = async () => (await ecs.describeServices({ services: ["web0"] })).services![0]!.pendingCount;
  assert.equal(await pending(), sliceSize);
  await reconcileServices(own.context);
  assert.equal(await pending(), 10);
});

test("a service without room tries again in the next round, not in further slices", async () => {
  const { own, ecs } = await openServices(1, 1000 + 3 * sliceSize);
  await using _ = own;
  await reconcileServices(own.context);
  const [service] = (await ecs.describeServices({ services: ["web0"] })).services!;
  assert.equal(service!.pendingCount, 1000);
  assert.match(service!.events![0]!.message!, /was unable to place a task/);
  const { context, calls } = counted(own);
  await reconcileServices(context);
  assert.equal(calls.get("transaction"), 1);
});

test("a round reads each cluster's instances once, and opens no task", async () => {
  const { own, agent } = await openServices(5, 1);
  await using _ = own;
  const starting = counted(own);
  await reconcileServices(starting.context);
  assert.equal(starting.calls.get("instances.ofCluster"), 1);
  assert.equal(starting.calls.get("instances.drainingOf"), 1);
  assert.equal(starting.calls.get("tasks.add"), 5);
  await agent.obey();
  await reconcileServices(own.context);
  const resting = counted(own);
  await reconcileServices(resting.context);
  assert.deepEqual([...resting.calls], [["instances.drainingOf", 1]]);
});
