import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadContainer, PayloadTask } from "../../acs/protocol.ts";
import type { ContainerSpec } from "../../runtime/containers.ts";
import type { RuntimeError } from "../../runtime/runtime-error.ts";
import { resources } from "../resources/index.ts";
import { containerSpec, runtimeNameOf } from "./container-spec.ts";
import { after, arrived, awsvpc, container, payload, secret, taskArn } from "./task.fixture.ts";

const values = new Map([[`asm_${secret.valueFrom}_eu-west-1`, "from the secret"]]);

function specOf(
  change: Partial<PayloadContainer>,
  given: Partial<PayloadTask> = {},
  region = "eu-west-1",
  namespace?: string,
) {
  const task = after(arrived(payload([container("my_main.1", change)], given)), [
    { kind: "creating", container: "my_main.1", runtimeName: "ecs-web-3-mymain1-0a1b" },
  ]);
  const data = new Map<string, unknown>([["secrets", { values, binaries: new Map(), expanded: new Map() }]]);
  if (namespace !== undefined) data.set("network", { id: namespace });
  const apply = (bare: ContainerSpec) =>
    resources.reduce((spec, one) => one.apply?.(spec, task, "my_main.1", data.get(one.kind)) ?? spec, bare);
  return containerSpec(task, "my_main.1", { cluster: "default", region, apply });
}

const docker = (config: object, hostConfig: object = {}) => ({
  dockerConfig: { config: JSON.stringify(config), hostConfig: JSON.stringify(hostConfig), version: "1.25" },
});

const agentLabels = {
  "com.amazonaws.ecs.task-arn": taskArn,
  "com.amazonaws.ecs.container-name": "my_main.1",
  "com.amazonaws.ecs.task-definition-family": "web",
  "com.amazonaws.ecs.task-definition-version": "3",
  "com.amazonaws.ecs.cluster": "default",
  "sealift.attempt": "1",
};

test("containerSpec passes on what the payload says", () => {
  const spec = specOf({
    command: ["serve"],
    entryPoint: ["/init"],
    cpu: 128,
    memory: 64,
    portMappings: [{ containerPort: 80, hostPort: 0, protocol: "tcp" }],
    environment: { A: "1", AWS_REGION: "mars-1" },
    ...docker(
      { User: "app", Labels: { team: "blue" } },
      { Privileged: true, LogConfig: { Type: "json-file", Config: { tag: "t" } } },
    ),
  });
  assert.deepEqual(spec, {
    name: "ecs-web-3-mymain1-0a1b",
    image: "my_main.1-image",
    command: ["serve"],
    entryPoint: ["/init"],
    environment: { A: "1", AWS_REGION: "mars-1" },
    labels: { team: "blue", ...agentLabels },
    cpu: 128,
    memory: 64 * 1024 * 1024,
    ports: [{ containerPort: 80, hostPort: 0, protocol: "tcp" }],
    network: "bridge",
    log: { driver: "json-file", options: { tag: "t" } },
    config: { User: "app" },
    hostConfig: { Privileged: true },
  });
});

test("containerSpec gives a container the GPUs that are its own", () => {
  const gpu = (name: string, container: string) => ({
    ...{ name, type: "gpu", containers: [container], content: { encoding: "", value: "" } },
  });
  const associations = [gpu("GPU-1", "my_main.1"), gpu("GPU-2", "other"), gpu("GPU-3", "my_main.1")];
  const { environment, hostConfig } = specOf({}, { associations });
  assert.equal(environment.NVIDIA_VISIBLE_DEVICES, "GPU-1,GPU-3");
  assert.deepEqual(hostConfig, {
    DeviceRequests: [
      { Driver: "nvidia", DeviceIDs: ["GPU-1", "GPU-3"], Capabilities: [["gpu", "utility", "compute"]] },
    ],
  });
});

test("runtimeNameOf names a container as AWS's agent does", () => {
  assert.equal(runtimeNameOf(arrived(payload([])), "my_main.1", "0a1b"), "ecs-web-3-mymain1-0a1b");
});

test("containerSpec lets the agent's labels win", () => {
  const { labels } = specOf(docker({ Labels: { "com.amazonaws.ecs.task-arn": "forged", own: "x" } }));
  assert.deepEqual(labels, { own: "x", ...agentLabels });
});

test("containerSpec lets secrets win over plain variables and log options", () => {
  const spec = specOf({
    environment: { PASSWORD: "plain" },
    secrets: [secret, { ...secret, name: "splunk-token", type: "BOOTSTRAP", target: "LOG_DRIVER" }],
    ...docker({}, { LogConfig: { Type: "splunk", Config: { "splunk-token": "plain", "splunk-url": "u" } } }),
  });
  assert.equal(spec.environment.PASSWORD, "from the secret");
  assert.equal("splunk-token" in spec.environment, false);
  assert.deepEqual(spec.log, { driver: "splunk", options: { "splunk-token": "from the secret", "splunk-url": "u" } });
});

test("containerSpec fails without a secret's value, naming the secret only", () => {
  const other = { ...secret, valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:other-AbCdEf" };
  assert.throws(() => specOf({ secrets: [other] }), {
    message: "no value was resolved for secret PASSWORD of my_main.1",
  });
});

test("containerSpec tells the region unless the container sets either variable", () => {
  const cases: [Record<string, string>, string, Record<string, string>][] = [
    [{}, "eu-west-1", { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" }],
    [{ AWS_REGION: "x" }, "eu-west-1", { AWS_REGION: "x" }],
    [{ AWS_DEFAULT_REGION: "" }, "eu-west-1", { AWS_DEFAULT_REGION: "" }],
    [{}, "", {}],
  ];
  for (const [environment, region, expected] of cases)
    assert.deepEqual(specOf({ environment }, {}, region).environment, expected);
  const secretRegion = specOf({ secrets: [{ ...secret, name: "AWS_REGION" }] }).environment;
  assert.deepEqual(secretRegion, { AWS_REGION: "from the secret" });
});

test("containerSpec gives a non-blocking log driver a buffer of 10m unless it has one", () => {
  const cases: [Record<string, string>, Record<string, string>][] = [
    [{ mode: "non-blocking" }, { mode: "non-blocking", "max-buffer-size": "10m" }],
    [
      { mode: "non-blocking", "max-buffer-size": "8m" },
      { mode: "non-blocking", "max-buffer-size": "8m" },
    ],
    [{ mode: "blocking" }, { mode: "blocking" }],
    [{}, {}],
  ];
  for (const [Config, options] of cases) {
    assert.deepEqual(specOf(docker({}, { LogConfig: { Type: "json-file", Config } })).log, {
      driver: "json-file",
      options,
    });
  }
});

test("containerSpec sets a memory limit only where there is one", () => {
  assert.equal("memory" in specOf({ memory: 0 }), false);
  assert.equal(specOf({ memory: 6 }).memory, 6_291_456);
});

test("containerSpec puts awsvpc containers into the task's namespace, without ports", () => {
  const portMappings = [{ containerPort: 80, hostPort: 80, protocol: "tcp" as const }];
  const spec = specOf({ portMappings }, awsvpc(), "eu-west-1", "ns-1");
  assert.deepEqual([spec.network, spec.ports], [{ namespace: "ns-1" }, []]);
  for (const networkMode of ["host", "none", "bridge"] as const)
    assert.equal(specOf({}, { networkMode }).network, networkMode);
});

test("containerSpec names a broken docker configuration without quoting it", () => {
  const broken = { config: '{"canary', hostConfig: "{}", version: "1" };
  const cases: [PayloadContainer["dockerConfig"], string, string][] = [
    [broken, "DockerClientConfigError", "Unable decode given docker config"],
    [{ ...broken, config: "{}", hostConfig: "canary" }, "HostConfigError", "Unable to decode given host config"],
  ];
  for (const [dockerConfig, name, message] of cases) {
    assert.throws(
      () => specOf({ dockerConfig }),
      (error: RuntimeError) => {
        assert.deepEqual([error.name, error.message, error.cause], [name, message, undefined]);
        return true;
      },
    );
  }
});
