import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift } from "../support/sealift.ts";
import { until } from "../support/until.ts";
import { type Example, openExample } from "./example.ts";

const skip = await skipUnless("docker", "aws");

test("examples/web-worker: another token reaches both services by a deployment each, without anybody's doing", {
  skip,
  timeout: 480_000,
}, async () => {
  await importHttpdImage(await connectDocker(), "public.ecr.aws/docker/library/busybox:1.37");
  await using example = await openExample("web-worker");
  await example.script("setup.sh");
  await example.stable("web", "worker");
  const first = await digestOf(example);
  assert.deepEqual(await pages(example), [first, first]);
  await until("the worker works with it", async () => (await worked(example)).includes(first));

  await example.script("rotate.sh");
  const second = await digestOf(example);
  assert.notEqual(second, first);
  const areNew = async () => (await pages(example).catch(() => [])).every((page) => page === second);
  await until("every page has the new token", areNew, { seconds: 90, pause: 500 });
  await until("the worker works with it", async () => (await worked(example)).includes(second), { seconds: 90 });
  const services = await example.stable("web", "worker");
  for (const { serviceName, events = [] } of services) {
    const redeployed = events.filter(({ message }) => message?.includes("hold older versions"));
    assert.equal(redeployed.length, 1, serviceName);
    assert.match(redeployed[0]!.message!, /\/shop\/queue-token/);
  }
  const stale = await runSealift("secrets", "--stale", "--data", example.sealift.data);
  assert.equal(stale.code, 0, stale.stdout);
});

async function digestOf({ clients: { ssm } }: Example): Promise<string> {
  const { Parameter } = await ssm.getParameter({ Name: "/shop/queue-token", WithDecryption: true });
  return createHash("sha256").update(Parameter!.Value!).digest("hex").slice(0, 8);
}

/** What each task of the web service serves. */
async function pages({ clients: { ecs } }: Example): Promise<readonly string[]> {
  const { taskArns: tasks = [] } = await ecs.listTasks({ serviceName: "web", desiredStatus: "RUNNING" });
  const { tasks: described = [] } = await ecs.describeTasks({ tasks });
  return Promise.all(
    described.map(async ({ containers }) => {
      const port = containers?.[0]?.networkBindings?.[0]?.hostPort;
      return (await (await fetch(`http://127.0.0.1:${port}/`)).text()).trim();
    }),
  );
}

async function worked({ clients: { logs } }: Example): Promise<readonly string[]> {
  const { events = [] } = await logs.filterLogEvents({ logGroupName: "/shop/worker" });
  return events.map(({ message }) => message?.split(" ").at(-1) ?? "");
}
