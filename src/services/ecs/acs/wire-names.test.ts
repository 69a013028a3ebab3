import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { executionRole, network, openEcs, startFakeAgent, taskRole, webDefinition } from "../test-support.fixture.ts";
import { deliveryInterval, heartbeatInterval } from "./session.ts";

/**
 * Members and kinds of the messages to agents, as the API model (`ecsacs`) has them that AWS publishes with its container agent,
 * version 1.105.1. That agent passes over what it does not know, and some of what it misses makes it crash.
 */
const shapes = new Map(
  readFileSync(join(import.meta.dirname, "acs-shapes.txt"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [name = "", members = ""] = line.split(": ");
      return [name, new Map(members.split(" ").map((member) => member.split("=") as [string, string]))] as const;
    }),
);

/** Every member that the model does not have or has otherwise, by its path. */
function strange(value: unknown, kind: string, path: string): readonly string[] {
  if (kind.startsWith("[")) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((one, index) => strange(one, kind.slice(1, -1), `${path}[${index}]`));
  }
  const members = shapes.get(kind);
  if (members) {
    return Object.entries(Object(value)).flatMap(([name, member]) => {
      const known = members.get(name);
      return known === undefined ? [`${path}.${name}`] : strange(member, known, `${path}.${name}`);
    });
  }
  const is = {
    ...{ string: typeof value === "string", boolean: typeof value === "boolean" },
    ...{ integer: Number.isInteger(value), long: Number.isInteger(value), double: typeof value === "number" },
    map: typeof value === "object",
  }[kind];
  return is ? [] : [`${path} is no ${kind}`];
}

test("every member of the messages to agents is in AWS's model, under its name and of its kind", async () => {
  await using own = await openEcs();
  const { ecs, clock, timers } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(webDefinition());
  await ecs.registerTaskDefinition({
    family: "full",
    executionRoleArn: executionRole,
    taskRoleArn: taskRole,
    volumes: [{ name: "data", host: { sourcePath: "/data" } }],
    containerDefinitions: [
      {
        ...{ name: "app", image: "busybox", memory: 64, cpu: 10, command: ["run"], entryPoint: ["/init"] },
        ...{ startTimeout: 10, stopTimeout: 5, links: ["other"] },
        environment: [{ name: "A", value: "b" }],
        portMappings: [{ containerPort: 80 }],
        mountPoints: [{ sourceVolume: "data", containerPath: "/data" }],
        dependsOn: [{ containerName: "other", condition: "START" }],
        secrets: [{ name: "S", valueFrom: "/s" }],
        logConfiguration: {
          logDriver: "splunk",
          options: { "splunk-url": "http://localhost" },
          secretOptions: [{ name: "splunk-token", valueFrom: "token" }],
        },
      },
      { name: "other", image: "busybox", memory: 64 },
    ],
  });
  const agent = await startFakeAgent(own, {
    attributes: (await attributesOf(own)).map((name) => ({ name })),
  });
  const { tasks: web } = await ecs.runTask({
    ...{ taskDefinition: "web", launchType: "FARGATE", networkConfiguration: network },
  });
  const { tasks: full, failures } = await ecs.runTask({ taskDefinition: "full" });
  assert.deepEqual([web?.length, full?.length, failures], [1, 1, []]);
  await agent.session().idle();
  timers.fire(heartbeatInterval);
  agent.session().receive({
    type: "TaskStopVerificationMessage",
    message: { messageId: "m", stopCandidates: [{ taskArn: "arn:aws:ecs:us-east-1:111122223333:task/default/0" }] },
  });
  clock.advance(6 * 3_600_000 - 15 * 60_000);
  timers.fire(deliveryInterval);
  await agent.session().idle();
  const types = new Set(agent.received.map(({ type }) => type));
  assert.deepEqual(
    types,
    new Set([...shapes.keys()].filter((name) => name.endsWith("Message") || name.endsWith("Ack"))),
  );
  assert.deepEqual(
    agent.received.flatMap(({ type, message }) => strange(message, type, type)),
    [],
  );
});

async function attributesOf({ ecs }: Awaited<ReturnType<typeof openEcs>>): Promise<readonly string[]> {
  const described = await Promise.all(
    ["web", "full"].map(
      async (taskDefinition) => (await ecs.describeTaskDefinition({ taskDefinition })).taskDefinition,
    ),
  );
  const names = described.flatMap((one) => one?.requiresAttributes?.flatMap(({ name }) => name ?? []) ?? []);
  return [...new Set([...names, "sealift.fargate"])];
}
