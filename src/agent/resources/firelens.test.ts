import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadContainer } from "../../acs/protocol.ts";
import { openWorld } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { awsvpc, container, credentials, payload, secret, taskArn } from "../engine/task.fixture.ts";

const id = taskArn.split("/").at(-1);
const variable = { ...secret, name: "PASSWORD" };
const option = { ...secret, name: "secret-name", type: "BOOTSTRAP", target: "LOG_DRIVER" } as const;

function app(options: object, change: Partial<PayloadContainer> = {}): PayloadContainer {
  const hostConfig = JSON.stringify({ LogConfig: { Type: "awsfirelens", Config: options } });
  return container("app", { dockerConfig: { config: "{}", hostConfig, version: "1.25" }, ...change });
}

function router(change: Partial<PayloadContainer> = {}): PayloadContainer {
  return container("router", { firelensConfiguration: { type: "fluentbit", options: {} }, ...change });
}

test("P9 the router has the secret log options of others, and they do not", async () => {
  const { engine, until, task, runtime, store } = openWorld({ value: () => "canary-value" });
  const containers = [app({ Name: "datadog" }, { secrets: [option, variable] }), router()];
  void engine.accept(payload(containers, { ...awsvpc(), executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const specs = [...runtime.specs.values()];
  const [one, other] = ["app", "router"].map((name) => specs.find(({ image }) => image === `${name}-image`)!);
  assert.equal(other?.environment["secret-name_0"], "canary-value");
  assert.equal("PASSWORD" in other!.environment, false);
  assert.deepEqual(
    [one?.environment.PASSWORD, one?.environment.FLUENT_HOST, one?.environment.FLUENT_PORT],
    ["canary-value", "127.0.0.1", "24224"],
  );
  assert.deepEqual(one?.log, {
    driver: "fluentd",
    options: {
      tag: `app-firelens-${id}`,
      "fluentd-address": `unix:///volumes/firelens-${id}/fluent.sock`,
      "fluentd-sub-second-precision": "true",
      "fluentd-async": "true",
    },
  });
  assert.deepEqual(other?.hostConfig?.Binds, [`firelens-${id}:/var/run/:nocopy`]);
  assert.deepEqual(
    other?.files?.mounts.map(({ path }) => path),
    ["/fluent-bit/etc/fluent-bit.conf"],
  );
  assert.ok(!JSON.stringify([store.tasks(), other?.files]).includes("canary-value"));
});

test("a container waits for the router, unless that waits for others", () => {
  const { engine, task } = openWorld();
  const dependsOn = [{ containerName: "init", condition: "SUCCESS" }];
  void engine.accept(payload([app({ Name: "null" }), router()]));
  assert.deepEqual(task().payload.containers[0]?.dependsOn, [{ containerName: "router", condition: "START" }]);
  const second = openWorld();
  const init = container("init", { essential: false });
  void second.engine.accept(payload([init, app({ Name: "null" }), router({ dependsOn })]));
  assert.equal(second.task().payload.containers[1]?.dependsOn, undefined);
});

test("a container that depends on the router in its own way does so", () => {
  const { engine, task } = openWorld();
  const dependsOn = [{ containerName: "router", condition: "HEALTHY" }];
  void engine.accept(payload([app({ Name: "null" }, { dependsOn }), router({ healthCheckType: "docker" })]));
  assert.deepEqual(task().payload.containers[0]?.dependsOn, dependsOn);
});

for (const [what, containers, reason] of [
  [
    "options without a plugin",
    [app({ region: "r" }), router()],
    /^Unable to generate firelens config: unable to apply log options of container app .*missing output key Name/,
  ],
  [
    "a configuration that is not in S3",
    [
      app({ Name: "null" }),
      router({
        firelensConfiguration: {
          type: "fluentd",
          options: { "config-file-type": "s3", "config-file-value": "arn:aws:s3:::bucket/extra.conf" },
        },
      }),
    ],
    /^Unable to download s3 config extra\.conf from bucket bucket: NoSuchKey/,
  ],
] as const) {
  test(`${what} stops the task`, async () => {
    const { engine, until, task } = openWorld({ object: () => Promise.reject(new Error("NoSuchKey")) });
    const kind = what.startsWith("a configuration") ? "@type" : "Name";
    const [first, second] = containers;
    const given = kind === "@type" ? app({ "@type": "null" }) : first;
    void engine.accept(payload([given, second], { executionRoleCredentials: credentials }));
    await until("the task has stopped", () => isStopped(task()));
    assert.match(task().reason ?? "", reason);
  });
}

test("volume and store of a router go with the task", async () => {
  const { engine, until, task, runtime } = openWorld();
  void engine.accept(payload([app({ Name: "null" }), router()], { networkMode: "host" }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.equal((await runtime.volumes!.list({})).length, 1);
  engine.stop(taskArn);
  await until("the task has stopped", () => isStopped(task()));
  await engine.remove(taskArn);
  assert.deepEqual([await runtime.containers.list(), await runtime.volumes!.list({})], [[], []]);
});
