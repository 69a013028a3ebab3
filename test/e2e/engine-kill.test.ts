import assert from "node:assert/strict";
import { test } from "node:test";
import Docker from "dockerode";
import { randomIds } from "../../src/ids.ts";
import type { HealthStatus } from "../../src/runtime/containers.ts";
import { dockerRuntime } from "../../src/runtime/docker/docker-runtime.ts";
import { startEngine } from "../chaos/engine.ts";
import { skipUnless } from "../support/require.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const second = 1e9;

test("containers that outlive their Engine are checked again, and nothing of their files is left", {
  skip: await skipUnless("docker"),
  timeout: 180_000,
}, async () => {
  await using directory = await throwAwayDirectory();
  await using engine = await startEngine(directory.path);
  const docker = new Docker({ socketPath: engine.host.slice("unix://".length) });
  await using runtime = dockerRuntime({ engine: docker, ids: randomIds });
  const health: HealthStatus[] = [];
  runtime.events((event) => {
    if (event.kind === "health") health.push(event.status);
  });
  const store = await runtime.fileStores?.open({
    taskArn: "arn:aws:ecs:us-east-1:1:task/default/1",
    bytes: 1,
    labels: {},
  });
  assert.ok(store);
  const healthCheck = { Test: ["CMD-SHELL", "test -e /healthy"], Interval: second, Timeout: second, Retries: 1 };
  const id = await runtime.containers.create({
    ...{
      name: "checked",
      image: "httpd",
      command: ["sleep", "1000"],
      environment: {},
      labels: {},
      ports: [],
      network: "none",
    },
    config: { Healthcheck: healthCheck },
  });
  await runtime.containers.start(id);
  await until("it was checked", () => health.includes("unhealthy"));

  await engine.kill();
  await engine.start();
  await docker
    .getContainer(id)
    .exec({ Cmd: ["touch", "/healthy"] })
    .then((exec) => exec.start({}));
  await until("it is checked again", () => health.at(-1) === "healthy", { seconds: 60 });
  assert.equal((await docker.getContainer(id).inspect()).State.Paused, false);

  await runtime.containers.remove(store);
  await runtime.containers.remove(id);
  await engine.kill();
  await engine.start();
  await until("the store's volume is deleted", async () => (await docker.listVolumes()).Volumes.length === 0);
});
