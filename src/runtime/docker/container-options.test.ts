import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerSpec } from "../containers.ts";
import { containerOptions } from "./container-options.ts";

const base: ContainerSpec = {
  name: "n",
  image: "i",
  environment: { A: "1" },
  labels: {},
  ports: [],
  network: "bridge",
};
const web = { containerPort: 80, hostPort: 0, protocol: "tcp" } as const;
const ours = { "sealift.runtime": "p" };

const cases: [string, Partial<ContainerSpec>, Record<string, unknown>, Record<string, unknown>][] = [
  [
    "a plain container",
    {},
    { Image: "i", Env: ["A=1"], ExposedPorts: {}, Labels: ours },
    { CpuShares: 2, NetworkMode: "bridge", PortBindings: {} },
  ],
  ["command and entry point", { command: ["c"], entryPoint: [] }, { Cmd: ["c"], Entrypoint: [] }, {}],
  ["memory below the smallest", { memory: 1 }, {}, { Memory: 4 * 1024 * 1024 }],
  ["cpu beyond the largest", { cpu: 999_999 }, {}, { CpuShares: 262_144 }],
  [
    "bridge ports",
    { ports: [web, { ...web, hostPort: 8080 }, { containerPort: 53, hostPort: 53, protocol: "udp" }] },
    { ExposedPorts: { "80/tcp": {}, "53/udp": {} } },
    { PortBindings: { "80/tcp": [{ HostPort: "" }, { HostPort: "8080" }], "53/udp": [{ HostPort: "53" }] } },
  ],
  [
    "host ports",
    { network: "host", ports: [web] },
    { ExposedPorts: { "80/tcp": {} } },
    { NetworkMode: "host", PortBindings: undefined },
  ],
  [
    "ports of a namespace",
    { network: { namespace: "abc" }, ports: [web] },
    { ExposedPorts: undefined },
    { NetworkMode: "container:abc", PortBindings: undefined },
  ],
  ["arrays replace", { config: { Env: ["B=2"] } }, { Env: ["B=2"] }, {}],
  ["scalars replace", { cpu: 512, hostConfig: { CpuShares: 7 } }, {}, { CpuShares: 7 }],
  [
    "maps merge",
    { ports: [web], config: { ExposedPorts: { "81/tcp": {} } } },
    { ExposedPorts: { "80/tcp": {}, "81/tcp": {} } },
    {},
  ],
  ["null says nothing", { config: { Env: null }, hostConfig: { CpuShares: null } }, { Env: ["A=1"] }, { CpuShares: 2 }],
  [
    "ECS's labels and ours win",
    {
      labels: { "com.amazonaws.ecs.cluster": "a", x: "agent" },
      config: { Labels: { "com.amazonaws.ecs.cluster": "b", x: "payload", "sealift.runtime": "q" } },
    },
    { Labels: { "com.amazonaws.ecs.cluster": "a", x: "payload", ...ours } },
    {},
  ],
  [
    "log options with their secrets win",
    {
      log: { driver: "splunk", options: { "splunk-token": "secret" } },
      hostConfig: { LogConfig: { Type: "json-file", Config: { "splunk-token": "plain", "splunk-url": "u" } } },
    },
    {},
    { LogConfig: { Type: "splunk", Config: { "splunk-token": "secret", "splunk-url": "u" } } },
  ],
  [
    "the payload's network never wins",
    { network: "none", hostConfig: { NetworkMode: "host" } },
    {},
    { NetworkMode: "none" },
  ],
];

for (const [what, change, config, hostConfig] of cases) {
  test(`containerOptions: ${what}`, () => {
    const options = containerOptions({ ...base, ...change }, "p");
    for (const [name, value] of Object.entries(config)) assert.deepEqual(options[name], value, name);
    for (const [name, value] of Object.entries(hostConfig)) {
      assert.deepEqual((options.HostConfig as Record<string, unknown>)[name], value, name);
    }
  });
}
