import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { ContainerSpec } from "../../src/runtime/containers.ts";
import { containerOptions } from "../../src/runtime/docker/container-options.ts";
import { checkMembers } from "../../src/runtime/process/refusals.ts";
import { dockerConfig } from "../../src/services/ecs/acs/docker-config.ts";

/** Everything that a container definition can say of Docker's `Config` and `HostConfig`. */
const full: ContainerDefinition = {
  name: "app",
  memory: 100,
  memoryReservation: 50,
  dockerLabels: { a: "b" },
  user: "1:2",
  workingDirectory: "/w",
  hostname: "h",
  disableNetworking: true,
  interactive: true,
  pseudoTerminal: true,
  healthCheck: { command: ["CMD", "true"] },
  privileged: true,
  readonlyRootFilesystem: true,
  logConfiguration: { logDriver: "json-file", options: { "max-size": "1m" } },
  dnsServers: ["192.0.2.1"],
  dnsSearchDomains: ["example.com"],
  extraHosts: [{ hostname: "db", ipAddress: "192.0.2.2" }],
  dockerSecurityOptions: ["no-new-privileges"],
  systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }],
  ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }],
  linuxParameters: {
    capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] },
    devices: [{ hostPath: "/dev/fuse" }],
    initProcessEnabled: true,
    sharedMemorySize: 64,
    maxSwap: 50,
    swappiness: 10,
    tmpfs: [{ containerPath: "/t", size: 3 }],
  },
};

const { config, hostConfig } = dockerConfig(full, { id: "0123", networkMode: "bridge" });
const bare: ContainerSpec = { name: "n", image: "i", environment: {}, labels: {}, ports: [], network: "bridge" };
const told = containerOptions({ ...bare, config, hostConfig }, "p") as Readonly<Record<string, unknown>> & {
  readonly HostConfig: Readonly<Record<string, unknown>>;
};

for (const [member, value] of Object.entries(config)) {
  test(`the Engine is told of ${member} as the control plane says it`, () => {
    assert.deepEqual(told[member], member === "Labels" ? { ...(value as object), "sealift.runtime": "p" } : value);
  });
}

for (const [member, value] of Object.entries(hostConfig)) {
  test(`the Engine is told of ${member} of the host as the control plane says it`, () => {
    assert.deepEqual(told.HostConfig[member], value);
  });
}

/** What the agent takes out of the payload before a runtime sees it, and what holds for a process as it is. */
const fine = ["Labels", "LogConfig", "NetworkMode", "WorkingDir", "Healthcheck", "MemoryReservation", "Init"];

for (const kind of ["config", "hostConfig"] as const) {
  for (const [member, value] of Object.entries(dockerConfig(full, { id: "0123", networkMode: "bridge" })[kind])) {
    if (fine.includes(member)) continue;
    test(`a process cannot have ${member}, and says so`, () => {
      const refusal = { name: "CannotCreateContainerError", message: /cannot have [a-zA-Z.]+; use a Docker Engine$/ };
      assert.throws(() => checkMembers({ ...bare, [kind]: { [member]: value } }), refusal);
    });
  }
}
