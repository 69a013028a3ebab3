import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { type DockerTask, dockerConfig } from "./docker-config.ts";

const task: DockerTask = { id: "0123", networkMode: "bridge" };

const checked = (...command: string[]) => ({ healthCheck: { command } });
const tested = (...Test: string[]) => ({ Healthcheck: { Test, Interval: 30e9, Timeout: 5e9, Retries: 3 } });

const cases: readonly (readonly [string, ContainerDefinition, object, object])[] = [
  ["nothing", {}, {}, {}],
  ["dockerLabels", { dockerLabels: { a: "b" } }, { Labels: { a: "b" } }, {}],
  [
    "user, workingDirectory and hostname",
    { user: "1:2", workingDirectory: "/w", hostname: "h" },
    { User: "1:2", WorkingDir: "/w", Hostname: "h" },
    {},
  ],
  [
    "interactive and pseudoTerminal",
    { interactive: true, pseudoTerminal: true, disableNetworking: true },
    { OpenStdin: true, Tty: true, NetworkDisabled: true },
    {},
  ],
  [
    "healthCheck, in nanoseconds",
    { healthCheck: { command: ["CMD-SHELL", "true"], interval: 10, timeout: 4, retries: 2, startPeriod: 20 } },
    { Healthcheck: { Test: ["CMD-SHELL", "true"], Interval: 10e9, Timeout: 4e9, Retries: 2, StartPeriod: 20e9 } },
    {},
  ],
  ["healthCheck as one word", checked("/healthcheck"), tested("CMD", "/healthcheck"), {}],
  ["healthCheck as words", checked("/bin/check", "-q"), tested("CMD", "/bin/check", "-q"), {}],
  ["healthCheck as a text", checked("echo test"), tested("CMD-SHELL", "echo test"), {}],
  ["healthCheck of none", checked("NONE"), tested("NONE"), {}],
  [
    "healthCheck's defaults",
    { healthCheck: { command: ["CMD", "x"] } },
    { Healthcheck: { Test: ["CMD", "x"], Interval: 30e9, Timeout: 5e9, Retries: 3 } },
    {},
  ],
  ["memoryReservation, in bytes", { memoryReservation: 64 }, {}, { MemoryReservation: 67108864 }],
  [
    "privileged and readonlyRootFilesystem",
    { privileged: true, readonlyRootFilesystem: true },
    {},
    { Privileged: true, ReadonlyRootfs: true },
  ],
  [
    "dns, hosts, security options and sysctls",
    {
      dnsServers: ["1.1.1.1"],
      dnsSearchDomains: ["example"],
      extraHosts: [{ hostname: "db", ipAddress: "10.0.0.1" }],
      dockerSecurityOptions: ["no-new-privileges"],
      systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }],
    },
    {},
    {
      Dns: ["1.1.1.1"],
      DnsSearch: ["example"],
      ExtraHosts: ["db:10.0.0.1"],
      SecurityOpt: ["no-new-privileges"],
      Sysctls: { "net.core.somaxconn": "1024" },
    },
  ],
  [
    "ulimits",
    { ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }] },
    {},
    { Ulimits: [{ Name: "nofile", Soft: 1, Hard: 2 }] },
  ],
  [
    "linuxParameters",
    {
      memory: 100,
      linuxParameters: {
        capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] },
        devices: [
          { hostPath: "/dev/a" },
          { hostPath: "/dev/b", containerPath: "/dev/c", permissions: ["read", "mknod"] },
        ],
        initProcessEnabled: true,
        sharedMemorySize: 2,
        maxSwap: 50,
        tmpfs: [{ containerPath: "/t", size: 3, mountOptions: ["noexec"] }],
      },
    },
    {},
    {
      CapAdd: ["SYS_PTRACE"],
      CapDrop: ["ALL"],
      Devices: [
        { PathOnHost: "/dev/a", PathInContainer: "/dev/a", CgroupPermissions: "rwm" },
        { PathOnHost: "/dev/b", PathInContainer: "/dev/c", CgroupPermissions: "rm" },
      ],
      Init: true,
      ShmSize: 2097152,
      MemorySwap: 157286400,
      MemorySwappiness: 60,
      Tmpfs: { "/t": "size=3m,noexec" },
    },
  ],
  ["swappiness without maxSwap", { memory: 100, linuxParameters: { swappiness: 10 } }, {}, {}],
  [
    "awslogs, whose stream prefix becomes a stream",
    {
      name: "app",
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "g", "awslogs-stream-prefix": "ecs" } },
    },
    {},
    { LogConfig: { Type: "awslogs", Config: { "awslogs-group": "g", "awslogs-stream": "ecs/app/0123" } } },
  ],
  [
    "another log driver",
    { logConfiguration: { logDriver: "json-file", options: { "max-size": "1m" } } },
    {},
    { LogConfig: { Type: "json-file", Config: { "max-size": "1m" } } },
  ],
];

for (const [name, container, config, hostConfig] of cases) {
  test(`Docker is told of ${name}`, () => {
    assert.deepEqual(dockerConfig(container, task), { config, hostConfig: { NetworkMode: "bridge", ...hostConfig } });
  });
}

test("an awsvpc task leaves name and network to the agent", () => {
  const container = { hostname: "h", dnsServers: ["1.1.1.1"], extraHosts: [{ hostname: "a", ipAddress: "1.2.3.4" }] };
  assert.deepEqual(dockerConfig(container, { ...task, networkMode: "awsvpc" }), { config: {}, hostConfig: {} });
});
