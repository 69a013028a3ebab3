import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcileServices } from "../services/reconcile-services.ts";
import { db, key, openHolder } from "./held.fixture.ts";

const tags = [{ key: "sealift:pin-secrets", value: "true" }];

async function openPinned() {
  const own = await openHolder();
  await own.ecs.createService({ serviceName: "web", taskDefinition: "holder", desiredCount: 1, tags });
  async function settle() {
    for (let round = 0; round < 6; round++) {
      await reconcileServices(own.context);
      await own.agent.obey(own.held);
    }
    return (await own.ecs.describeServices({ services: ["web"] })).services![0]!;
  }
  /** What the payloads of the running tasks ask for. */
  async function asked() {
    const { taskArns } = await own.ecs.listTasks({ serviceName: "web", desiredStatus: "RUNNING" });
    const payloads = await Promise.all(taskArns!.map((task) => own.agent.payload(task)));
    return payloads.map(({ containers }) => containers[0]!.secrets.map(({ valueFrom }) => valueFrom));
  }
  return { ...own, settle, asked };
}

test("A deployment's later tasks start with the versions that the first one had; the next deployment has its own", async () => {
  await using own = await openPinned();
  const { ecs, now, settle, asked } = own;
  const service = await settle();
  const first = [`${db}:password::v1`, "/app/key:1"];
  assert.deepEqual(await asked(), [first]);
  const pinned = service.events!.map(({ message }) => message).find((message) => message!.includes("is pinned to"));
  const { id } = service.deployments![0]!;
  assert.equal(
    pinned,
    `(service web) (deployment ${id}) is pinned to secret db-a1B2c3 (version v1), parameter /app/key (version 1).`,
  );
  assert.equal(JSON.stringify(service).includes("pins"), false);
  now.set(db, "v2").set(key, "2");
  await ecs.updateService({ service: "web", desiredCount: 3 });
  await settle();
  assert.deepEqual(await asked(), [first, first, first]);
  await ecs.updateService({ service: "web", desiredCount: 1, forceNewDeployment: true });
  await settle();
  assert.deepEqual(await asked(), [[`${db}:password::v2`, "/app/key:2"]]);
});

test("A pinned version that is gone stops the deployment, with a reason that says so", async () => {
  await using own = await openPinned();
  const { ecs, gone, settle, asked } = own;
  await settle();
  gone.add(`${db} v1`);
  await ecs.updateService({ service: "web", desiredCount: 2 });
  const service = await settle();
  const [primary] = service.deployments!;
  assert.equal(primary!.rolloutState, "FAILED");
  const what = "a pinned version is gone: secret db-a1B2c3 (version v1).";
  assert.equal(primary!.rolloutStateReason, `ECS deployment ${primary!.id} failed: ${what}`);
  assert.equal(service.events!.filter(({ message }) => message!.includes(what)).length, 1);
  assert.equal((await asked()).length, 1);
  await ecs.updateService({ service: "web", forceNewDeployment: true });
  gone.clear();
  assert.equal((await settle()).runningCount, 2);
});
