import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs, startFakeAgent } from "../test-support.fixture.ts";

/** The log options that the agent gets for a container with these. */
async function optionsOf(
  own: Awaited<ReturnType<typeof openEcs>>,
  options: Record<string, string>,
  logDriver = "awslogs",
) {
  const { ecs } = own;
  const name = "com.amazonaws.ecs.capability.";
  const attributes = [
    "logging-driver.awslogs",
    "logging-driver.json-file",
    "docker-remote-api.1.19",
    "docker-remote-api.1.18",
  ];
  const more = ["docker-remote-api.1.28", "docker-remote-api.1.25", "docker-remote-api.1.17"];
  const agent = await startFakeAgent(own, {
    attributes: [...attributes, ...more].map((one) => ({ name: name + one })),
  });
  await ecs.registerTaskDefinition({
    family: "logs",
    containerDefinitions: [
      { name: "a", image: "b", memory: 8, logConfiguration: { logDriver: logDriver as "awslogs", options } },
    ],
  });
  const { tasks, failures } = await ecs.startTask({ taskDefinition: "logs", containerInstances: [agent.arn] });
  assert.deepEqual(failures, []);
  const { containers } = await agent.payload(tasks![0]!.taskArn!);
  const { LogConfig } = JSON.parse(containers[0]!.dockerConfig!.hostConfig!);
  const { mode, "max-buffer-size": size } = LogConfig.Config;
  return [mode, size];
}

const group = { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" };

test("awslogs delivers as defaultLogDriverMode says, unless the definition says otherwise", async () => {
  await using own = await openEcs();
  await own.ecs.createCluster({});
  assert.deepEqual(await optionsOf(own, group), ["non-blocking", "10m"]);
  assert.deepEqual(await optionsOf(own, { ...group, "max-buffer-size": "1m" }), ["non-blocking", "1m"]);
  assert.deepEqual(await optionsOf(own, { ...group, mode: "blocking" }), ["blocking", undefined]);
  assert.deepEqual(await optionsOf(own, {}, "json-file"), [undefined, undefined]);
  await own.ecs.putAccountSettingDefault({ name: "defaultLogDriverMode", value: "blocking" });
  assert.deepEqual(await optionsOf(own, group), ["blocking", undefined]);
});
