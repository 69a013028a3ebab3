import assert from "node:assert/strict";
import { readlink } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import type Dockerode from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import { clientsOf } from "../support/clients.ts";
import { containersOf } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { networkConfiguration } from "../support/tasks.ts";
import { until } from "../support/until.ts";

interface Seen {
  readonly output: string;
  readonly inspected: ContainerInspectInfo;
}

/** A part of a container definition, a script that looks at its effect, and what it has to see. */
type Case = readonly [
  what: string,
  container: Partial<ContainerDefinition>,
  script: string,
  expected: RegExp | ((seen: Seen) => void),
];

const mebibyte = 1024 * 1024;

/** What the Engine was given. The kernel's own figures lie elsewhere in each version of control groups. */
const host = (expected: Readonly<Record<string, unknown>>) => (seen: Seen) => {
  for (const [member, value] of Object.entries(expected)) {
    assert.deepEqual((seen.inspected.HostConfig as unknown as Record<string, unknown>)[member], value, member);
  }
};

const bridge: readonly Case[] = [
  ["command", {}, "echo said", /^said$/m],
  ["entryPoint", { entryPoint: ["echo", "entry"], command: ["point"] }, "", /^entry point$/m],
  ["environment", { environment: [{ name: "A", value: "b c" }] }, 'echo "[$A]"', /^\[b c\]$/m],
  ["cpu", { cpu: 300 }, "true", host({ CpuShares: 300 })],
  ["no cpu", {}, "true", host({ CpuShares: 2 })],
  [
    "memory and memoryReservation",
    { memory: 64, memoryReservation: 32 },
    "true",
    host({ Memory: 64 * mebibyte, MemoryReservation: 32 * mebibyte }),
  ],
  [
    "maxSwap and swappiness",
    { memory: 64, linuxParameters: { maxSwap: 16, swappiness: 10 } },
    "true",
    host({ MemorySwap: 80 * mebibyte, MemorySwappiness: 10 }),
  ],
  [
    "ulimits",
    { ulimits: [{ name: "nofile", softLimit: 123, hardLimit: 456 }] },
    "ulimit -n; ulimit -Hn",
    /^123\n456$/m,
  ],
  [
    "capabilities",
    { linuxParameters: { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } },
    "grep CapEff /proc/self/status",
    /:\s+0*400$/m,
  ],
  [
    "devices",
    { linuxParameters: { devices: [{ hostPath: "/dev/zero", containerPath: "/dev/mine", permissions: ["read"] }] } },
    "head -c 3 /dev/mine | wc -c; echo x > /dev/mine",
    /^3$/m,
  ],
  [
    "tmpfs",
    { linuxParameters: { tmpfs: [{ containerPath: "/t", size: 3, mountOptions: ["noexec"] }] } },
    "grep ' /t ' /proc/mounts",
    /^tmpfs \/t tmpfs \S*noexec\S*size=3072k/m,
  ],
  ["sharedMemorySize", { linuxParameters: { sharedMemorySize: 5 } }, "df -k /dev/shm | tail -1", /^shm\s+5120\s/m],
  [
    "initProcessEnabled",
    { linuxParameters: { initProcessEnabled: true } },
    "cat /proc/1/comm",
    /^(docker-init|tini)$/m,
  ],
  [
    "systemControls",
    { systemControls: [{ namespace: "net.core.somaxconn", value: "777" }] },
    "cat /proc/sys/net/core/somaxconn",
    /^777$/m,
  ],
  ["user by name", { user: "nobody" }, "id -u", /^65534$/m],
  ["user and group by number", { user: "12:34" }, "id -u; id -g", /^12\n34$/m],
  ["workingDirectory", { workingDirectory: "/usr/local" }, "pwd", /^\/usr\/local$/m],
  ["readonlyRootFilesystem", { readonlyRootFilesystem: true }, "touch /x || echo refused", /^refused$/m],
  ["a root that may be written", {}, "touch /x && echo done", /^done$/m],
  ["privileged", { privileged: true }, "true", host({ Privileged: true })],
  [
    "dockerLabels",
    { dockerLabels: { team: "blue" } },
    "true",
    ({ inspected }) => assert.equal(inspected.Config.Labels.team, "blue"),
  ],
  [
    "dockerSecurityOptions",
    { dockerSecurityOptions: ["no-new-privileges"] },
    "grep NoNewPrivs /proc/self/status",
    /:\s+1$/m,
  ],
  [
    "dnsServers and dnsSearchDomains",
    { dnsServers: ["192.0.2.53"], dnsSearchDomains: ["example.com"] },
    "cat /etc/resolv.conf",
    /^(?=(?:.*\n)*search example\.com$)(?=(?:.*\n)*nameserver 192\.0\.2\.53$)/m,
  ],
  [
    "extraHosts",
    { extraHosts: [{ hostname: "db.example", ipAddress: "192.0.2.7" }] },
    "cat /etc/hosts",
    /^192\.0\.2\.7\s+db\.example$/m,
  ],
  ["hostname", { hostname: "box-1" }, "hostname", /^box-1$/m],
  ["pseudoTerminal", { pseudoTerminal: true }, "test -t 1 && echo terminal", /terminal/],
  ["interactive", { interactive: true }, "timeout 1 cat; echo $?", /^143$/m],
  ["no interactive", {}, "timeout 1 cat; echo $?", /^0$/m],
  ["disableNetworking", { disableNetworking: true }, "ls /sys/class/net | grep -c eth; true", /^0$/m],
  [
    "logConfiguration",
    { logConfiguration: { logDriver: "json-file", options: { "max-size": "3m" } } },
    "true",
    host({ LogConfig: { Type: "json-file", Config: { "max-size": "3m" } } }),
  ],
  [
    "links",
    { links: ["keeper:friend"], dependsOn: [{ containerName: "keeper", condition: "START" }] },
    "cat /etc/hosts",
    /\tfriend /,
  ],
  [
    "portMappings",
    {
      portMappings: [
        { containerPort: 80 },
        { containerPort: 80, protocol: "udp" },
        { containerPortRange: "8000-8002" },
      ],
    },
    "true",
    ({ inspected: { HostConfig } }) => {
      const ports = HostConfig.PortBindings as Record<string, { HostPort: string }[]>;
      assert.deepEqual([ports["80/tcp"]?.[0]?.HostPort, ports["80/udp"]?.[0]?.HostPort], ["", ""]);
      const range = [8000, 8001, 8002].map((port) => Number(ports[`${port}/tcp`]?.[0]?.HostPort));
      assert.deepEqual(range, [range[0], range[0]! + 1, range[0]! + 2]);
    },
  ],
  [
    "mountPoints of a path, read-only",
    { mountPoints: [{ sourceVolume: "host", containerPath: "/h", readOnly: true }] },
    "test -e /h/hostname || ls /h | head -1; touch /h/x || echo refused",
    /^refused$/m,
  ],
  [
    "mountPoints of a volume with driver options",
    { mountPoints: [{ sourceVolume: "memory", containerPath: "/m" }] },
    "grep ' /m ' /proc/mounts",
    /^tmpfs \/m tmpfs \S*size=1024k/m,
  ],
  [
    "volumesFrom, read-only",
    {
      volumesFrom: [{ sourceContainer: "keeper", readOnly: true }],
      dependsOn: [{ containerName: "keeper", condition: "START" }],
    },
    "until test -s /own/file; do sleep 0.1; done; cat /own/file; touch /own/x || echo refused",
    /^kept\n(.*\n)*refused$/m,
  ],
];

const volumes: RegisterTaskDefinitionCommandInput["volumes"] = [
  { name: "host", host: { sourcePath: "/etc" } },
  { name: "own" },
  {
    name: "memory",
    dockerVolumeConfiguration: {
      scope: "task",
      driver: "local",
      driverOpts: { type: "tmpfs", device: "tmpfs", o: "size=1m" },
    },
  },
];

type Modes = Pick<RegisterTaskDefinitionCommandInput, "networkMode" | "pidMode" | "ipcMode">;

/** Parts of a task definition, and what its containers have to see. */
const modes: readonly (readonly [what: string, modes: Modes, cases: readonly Case[]])[] = [
  ["bridge", { networkMode: "bridge" }, bridge],
  ["host", { networkMode: "host" }, [["host network", {}, "readlink /proc/self/ns/net", hostNetwork]]],
  ["none", { networkMode: "none" }, [["no network", {}, "ls /sys/class/net | grep -c eth; true", /^0$/m]]],
  [
    "shared",
    { pidMode: "task", ipcMode: "task" },
    [
      [
        "pidMode task",
        {},
        "until ps -o args | grep -q '[s]leep 1000'; do sleep 0.1; done; cat /proc/1/comm",
        /^pause$/m,
      ],
      ["ipcMode task", {}, "until test -e /dev/shm/keeper; do sleep 0.1; done; echo shared", /^shared$/m],
    ],
  ],
  [
    "of-host",
    { pidMode: "host", ipcMode: "host" },
    [["pidMode host", {}, "test $$ -gt 1 && echo theirs", /^theirs$/m]],
  ],
  ["private", { ipcMode: "none" }, [["ipcMode none", {}, "grep -c ' /dev/shm ' /proc/mounts; true", /^0$/m]]],
  [
    "awsvpc",
    { networkMode: "awsvpc" },
    [
      ["localhost of a task", {}, "until wget -q -O - http://localhost:8099/; do sleep 0.1; done", /^It works!$/m],
      ["hostname of an awsvpc task", {}, "hostname", /^ip-[\d-]+\./m],
      ["names in an awsvpc task", {}, "cat /etc/resolv.conf", /^nameserver 127\.0\.0\.11$/m],
    ],
  ],
];

async function hostNetwork({ output }: Seen): Promise<void> {
  assert.equal(output.trim(), await readlink("/proc/self/ns/net"));
}

describe("each member of a task definition", { skip: await skipUnless("docker"), timeout: 480_000 }, () => {
  let sealift: Sealift;
  let docker: Dockerode;
  const tasks = new Map<string, string>();
  const mostOfOneTask = 9;

  before(async () => {
    docker = await connectDocker();
    await importHttpdImage(docker);
    sealift = await startSealift({ runtime: "docker" });
    for (const [what, mode, cases] of modes) {
      for (let from = 0; from < cases.length; from += mostOfOneTask) {
        const some = cases.slice(from, from + mostOfOneTask);
        const task = await run(`${what}-${from}`, mode, some);
        for (const [name] of some) tasks.set(name, task);
      }
    }
  });
  after(() => sealift?.[Symbol.asyncDispose]());

  /** Runs the cases as containers of one task, beside one that stays. */
  async function run(family: string, mode: Modes, cases: readonly Case[]): Promise<string> {
    const { ecs } = clientsOf(sealift);
    const serve = mode.networkMode === "awsvpc" ? "httpd -p 8099 -h /usr/local/apache2/htdocs;" : "";
    const keep = `touch /dev/shm/keeper; echo kept > /own/file; ${serve} exec sleep 1000`;
    const keeper: ContainerDefinition = {
      name: "keeper",
      image: "httpd",
      memory: 64,
      entryPoint: ["sh", "-c", keep],
      mountPoints: [{ sourceVolume: "own", containerPath: "/own" }],
    };
    const { taskDefinition } = await ecs.registerTaskDefinition({
      family,
      ...mode,
      volumes,
      containerDefinitions: [keeper, ...cases.map(([what, change, script]) => containerFor(what, change, script))],
    });
    const { tasks: started, failures } = await ecs.runTask({
      taskDefinition: taskDefinition?.taskDefinitionArn,
      ...(mode.networkMode === "awsvpc" && { networkConfiguration }),
    });
    assert.deepEqual(failures, []);
    return started?.[0]?.taskArn ?? "";
  }

  async function see(what: string): Promise<Seen> {
    const task = tasks.get(what) ?? "";
    const name = nameOf(what);
    const ended = await until(
      `${what} has ended`,
      async () => {
        const found = await containersOf(docker, task, { all: true });
        const one = found.find(({ Labels }) => Labels["com.amazonaws.ecs.container-name"] === name);
        if (!one || one.State === "exited") return one;
        // A machine may not be allowed to start a privileged container; what it was asked for is seen nonetheless.
        return one.State === "created" && (await docker.getContainer(one.Id).inspect()).State.Error !== ""
          ? one
          : undefined;
      },
      { seconds: 120, detail: () => sealift.stderr() },
    );
    const container = docker.getContainer(ended.Id);
    const inspected = await container.inspect();
    const log = (await container.logs({ stdout: true, stderr: true })) as unknown as Buffer;
    return { output: inspected.Config.Tty ? log.toString() : framed(log), inspected };
  }

  for (const [what, , , expected] of modes.flatMap(([, , cases]) => cases)) {
    test(`${what} reaches the container`, async () => {
      const seen = await see(what);
      if (typeof expected === "function") await expected(seen);
      else assert.match(seen.output, expected);
    });
  }
});

function nameOf(what: string): string {
  return what.replace(/[^A-Za-z0-9]+/g, "-");
}

function containerFor(what: string, change: Partial<ContainerDefinition>, script: string): ContainerDefinition {
  const runs = change.entryPoint ? {} : { entryPoint: ["sh", "-c", script] };
  return { name: nameOf(what), image: "httpd", memory: 32, essential: false, ...runs, ...change };
}

function framed(log: Buffer): string {
  const pieces: string[] = [];
  for (let at = 0; at + 8 <= log.length; at += 8 + log.readUInt32BE(at + 4)) {
    pieces.push(log.toString("utf8", at + 8, at + 8 + log.readUInt32BE(at + 4)));
  }
  return pieces.join("");
}
