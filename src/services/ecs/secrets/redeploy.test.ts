import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tag } from "@aws-sdk/client-ecs";
import { reconcileServices } from "../services/reconcile-services.ts";
import { db, key, openHolder } from "./held.fixture.ts";
import { isNamed, wanted } from "./names.ts";
import { secretsTender } from "./tend.ts";

const all = { key: "sealift:redeploy-on-rotation", value: "all" };
const quiet = 5_000;

async function openService(tags: Tag[] = [all], more: object = {}) {
  const own = await openHolder();
  const { ecs, agent, clock, context } = own;
  await ecs.createService({ serviceName: "web", taskDefinition: "holder", desiredCount: 2, tags, ...more });
  let tend = secretsTender(context);
  const describe = async () => (await ecs.describeServices({ services: ["web"] })).services![0]!;
  async function settle(obey = () => agent.obey(own.held)) {
    for (let round = 0; round < 12; round++) {
      await reconcileServices(context);
      await obey();
    }
    return describe();
  }
  await settle();
  return {
    ...own,
    describe,
    settle,
    /** A round of the loop, after some time. */
    async later(milliseconds: number) {
      clock.advance(milliseconds);
      await tend();
      return (await describe()).deployments![0]!;
    },
    /** Another process goes on. */
    restart() {
      tend = secretsTender(context);
    },
  };
}

test("A service with the tag is deployed once for versions that change together, and the event says which", async () => {
  await using own = await openService();
  const { now, later, settle } = own;
  const { id } = await later(0);
  now.set(db, "v2");
  assert.equal((await later(1_000)).id, id);
  now.set(key, "2");
  await later(4_000);
  assert.equal((await later(quiet - 1)).id, id);
  const second = await later(1);
  assert.notEqual(second.id, id);
  assert.equal(second.rolloutState, "IN_PROGRESS");
  const [event] = (await own.describe()).events!;
  assert.equal(
    event!.message,
    `(service web) (deployment ${second.id}) was started as tasks hold older versions: secret db-a1B2c3 (version v2), parameter /app/key (version 2).`,
  );
  // While it is under way there is no other one.
  now.set(db, "v3");
  assert.equal((await later(60_000)).id, second.id);
  // Its tasks got the newest version as they started.
  assert.equal((await settle()).deployments![0]!.rolloutState, "COMPLETED");
  assert.equal((await later(60_000)).id, second.id);
  assert.equal((await later(60_000)).id, second.id);
});

test("The quiet period is the tag's, begins anew in another process, and has an end where changes have none", async () => {
  await using own = await openService([all, { key: "sealift:redeploy-quiet-seconds", value: "30" }]);
  const { now, later, restart } = own;
  const { id } = await later(0);
  now.set(db, "v2");
  await later(0);
  assert.equal((await later(29_999)).id, id);
  restart();
  assert.equal((await later(10)).id, id);
  for (let round = 0; round < 9; round++) {
    now.set(db, `v${round + 3}`);
    assert.equal((await later(19_000)).id, id);
  }
  now.set(db, "last");
  assert.notEqual((await later(19_000)).id, id);
});

test("Only the secrets that the tag names count, and a service without the tag is left alone", async () => {
  await using own = await openService([{ key: all.key, value: "other /app/key" }]);
  const { ecs, now, later } = own;
  const { id } = await later(0);
  now.set(db, "v2");
  await later(0);
  assert.equal((await later(60_000)).id, id);
  const { services } = await ecs.describeServices({ services: ["web"] });
  await ecs.untagResource({ resourceArn: services![0]!.serviceArn!, tagKeys: [all.key] });
  now.set(key, "2");
  await later(0);
  assert.equal((await later(60_000)).id, id);
  await ecs.tagResource({ resourceArn: services![0]!.serviceArn!, tags: [{ key: all.key, value: "db" }] });
  await later(0);
  assert.notEqual((await later(quiet)).id, id);
});

test("A secret that is gone starts nothing, nor does a container that is signalled", async () => {
  await using own = await openService();
  const { id } = await own.later(0);
  own.gone.add(db);
  await own.later(0);
  assert.equal((await own.later(60_000)).id, id);
  await using signalled = await openHolder({ dockerLabels: { "sealift.secrets.on-change": "signal:HUP" } });
  const { ecs, context, agent, clock } = signalled;
  await ecs.createService({ serviceName: "web", taskDefinition: "holder", desiredCount: 1, tags: [all] });
  const tend = secretsTender(context);
  for (let round = 0; round < 3; round++) {
    await reconcileServices(context);
    await agent.obey(signalled.held);
  }
  const deployment = async () => (await ecs.describeServices({ services: ["web"] })).services![0]!.deployments![0]!;
  const first = await deployment();
  assert.equal(first.rolloutState, "COMPLETED");
  signalled.now.set(db, "v2");
  for (const wait of [0, quiet, quiet]) {
    clock.advance(wait);
    await tend();
  }
  assert.equal((await deployment()).id, first.id);
});

test("A deployment that the circuit breaker rolled back is not begun again for the same versions", async () => {
  const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
  await using own = await openService([all, { key: "sealift:pin-secrets", value: "true" }], {
    deploymentConfiguration,
  });
  const { ecs, now, later, settle, agent, context } = own;
  const first = await later(0);
  assert.match(
    (await own.describe()).events!.map(({ message }) => message).join("\n"),
    /is pinned to secret db-a1B2c3 \(version v1\)/,
  );
  now.set(db, "broken");
  await later(0);
  const second = await later(quiet);
  assert.notEqual(second.id, first.id);
  const pinned = new Map(now);
  async function failBroken() {
    await agent.session().idle();
    for (const task of await context.store.tasks.liveOn(agent.arn)) {
      const payload = await agent.payload(task.arn);
      const isBroken = payload.containers[0]!.secrets.some(({ valueFrom }) => valueFrom.endsWith(":broken"));
      if (task.desiredStatus === "RUNNING" && task.lastStatus !== "RUNNING" && isBroken) {
        await agent.tell(task.arn, "STOPPED", { reason: "broken" });
      }
    }
    now.set(db, "v1");
    await agent.obey(own.held);
    now.set(db, "broken");
    own.clock.advance(5_000);
  }
  assert.equal(pinned.get(db), "broken");
  const rolledBack = await settle(failBroken);
  const third = rolledBack.deployments![0]!;
  assert.match(third.rolloutStateReason!, /completed/);
  assert.match(rolledBack.events!.map(({ message }) => message).join("\n"), /deployment failed: tasks failed to start/);
  const running = await ecs.listTasks({ serviceName: "web", desiredStatus: "RUNNING" });
  for (const task of running.taskArns!) {
    const { secrets } = (await agent.payload(task)).containers[0]!;
    assert.deepEqual(
      secrets.map(({ valueFrom }) => valueFrom),
      [`${db}:password::v1`, "/app/key:1"],
    );
  }
  await later(0);
  assert.equal((await later(60_000)).id, third.id);
  // Newer versions may mend it.
  now.set(db, "v3");
  await later(0);
  assert.notEqual((await later(quiet)).id, third.id);
});

test("Names of secrets and parameters are known in every form", () => {
  for (const name of ["db", "db-a1B2c3", db, db.slice(0, -7)]) assert.equal(isNamed(db, name), true, name);
  for (const name of ["/app/key", "app/key", key]) assert.equal(isNamed(key, name), true, name);
  for (const name of ["d", "key", "/app", "db-"]) assert.equal(isNamed(db, name) || isNamed(key, name), false, name);
  assert.equal(wanted("a all b")(db), true);
  assert.equal(wanted("")(db), false);
});
