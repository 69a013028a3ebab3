import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../test/support/databases.ts";
import { openEcs, startFakeAgent } from "../services/ecs/test-support.fixture.ts";
import { type Leases, soleLeases } from "./lease.ts";
import { grace, sessionsInterval, sessionsLoop } from "./sessions.ts";

/** An agent whose session is with the replica `other`; `alive` tells which replicas are. */
async function openWithOther(alive: Set<string>) {
  const [kind] = databases();
  const own = await openEcs(kind && { database: await kind.open() });
  await own.ecs.createCluster({});
  const agent = await startFakeAgent(own);
  await own.context.store.sessions.open(agent.arn, "session", "other");
  const leases: Leases = { ...soleLeases("replica"), replicas: async () => alive };
  const { timers, wakes, onError } = own.context;
  const loop = sessionsLoop(own.context, { leases, timers, wakes, onError });
  await loop.idle();
  return {
    ...{ own, agent },
    async isConnected(): Promise<boolean> {
      const { containerInstances } = await own.ecs.describeContainerInstances({ containerInstances: [agent.arn] });
      return containerInstances?.[0]?.agentConnected === true;
    },
    async pass(milliseconds: number) {
      own.clock.advance(milliseconds);
      own.timers.fire(sessionsInterval);
      await loop.idle();
    },
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]();
      await own[Symbol.asyncDispose]();
    },
  };
}

test("agents of a replica that died have some seconds to connect to another one", async () => {
  const alive = new Set(["replica", "other"]);
  await using opened = await openWithOther(alive);
  await opened.pass(10 * grace.died);
  alive.delete("other");
  await opened.pass(0);
  await opened.pass(grace.died - 1);
  assert.equal(await opened.isConnected(), true);
  let woken = 0;
  opened.own.context.wakes.on("services", () => woken++);
  await opened.pass(1);
  assert.equal(await opened.isConnected(), false);
  assert.deepEqual([woken, opened.own.warnings.length], [1, 1]);
  await opened.pass(grace.died);
  assert.equal(opened.own.warnings.length, 1);
});

test("right after a start, agents of a replica that was dead before count as connected, so that they can come back", async () => {
  await using opened = await openWithOther(new Set(["replica"]));
  await opened.pass(grace.foundDead - 1);
  assert.equal(await opened.isConnected(), true);
  await opened.pass(1);
  assert.equal(await opened.isConnected(), false);
});

test("an agent that came back to another replica stays connected, and a replica that lives again is waited for anew", async () => {
  const alive = new Set(["replica"]);
  await using opened = await openWithOther(alive);
  await opened.pass(grace.foundDead - 1);
  alive.add("other");
  await opened.pass(1);
  alive.delete("other");
  await opened.pass(grace.foundDead);
  await opened.pass(grace.died - 1);
  assert.equal(await opened.isConnected(), true);
  await opened.own.context.store.sessions.open(opened.agent.arn, "session 2", "replica");
  await opened.pass(10 * grace.died);
  assert.equal(await opened.isConnected(), true);
});
