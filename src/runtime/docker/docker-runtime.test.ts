import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createProxy, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { importHttpdImage } from "../../../test/support/images.ts";
import { skipUnless } from "../../../test/support/require.ts";
import { randomIds } from "../../ids.ts";
import type { ContainerSpec } from "../containers.ts";
import { programs, runtimeContract } from "../runtime.contract.ts";
import type { Runtime } from "../runtime.ts";
import { RuntimeUnavailableError } from "../runtime-error.ts";
import { dockerRuntime } from "./docker-runtime.ts";
import { findDocker } from "./engine.ts";
import { runtimeLabel } from "./labels.ts";
import { importShowEnvironmentImage } from "./show-environment-image.ts";

const skip = await skipUnless("docker");
const docker = await findDocker();

/** Removes all that a runtime left on the Engine. */
async function clear(prefix: string): Promise<void> {
  const found = await docker!.listContainers({ all: true, filters: { label: [`${runtimeLabel}=${prefix}`] } });
  await Promise.all(found.map(({ Id }) => docker!.getContainer(Id).remove({ force: true, v: true })));
  const networks = await docker!.listNetworks({ filters: { label: [`sealift.network=${prefix}`] } });
  await Promise.all(networks.map(({ Id }) => docker!.getNetwork(Id).remove()));
}

/** Standard output, without the headers that Docker puts before each piece. */
async function outputOf(id: string): Promise<string> {
  const log = await docker!.getContainer(id).logs({ stdout: true });
  const pieces: Buffer[] = [];
  for (let at = 0; at < log.length; at += 8 + log.readUInt32BE(at + 4)) {
    pieces.push(log.subarray(at + 8, at + 8 + log.readUInt32BE(at + 4)));
  }
  return Buffer.concat(pieces).toString();
}

/** The nth address of a subnet. */
function addressIn(cidr: string, nth: number): string {
  const bytes = cidr.split("/")[0]!.split(".");
  return [...bytes.slice(0, 3), nth].join(".");
}

runtimeContract(
  "docker",
  async () => {
    const prefix = `sealift-contract-${process.pid}`;
    const runtime = dockerRuntime({ docker: docker!, ids: randomIds, prefix });
    const { subnet } = await runtime.describe();
    return {
      runtime,
      image: await importHttpdImage(docker!),
      address: addressIn(subnet.cidr, 9),
      uncreatable: { image: "sealift.invalid/missing:1" },
      output: outputOf,
      async [Symbol.asyncDispose]() {
        await runtime[Symbol.asyncDispose]();
        await clear(prefix);
      },
    };
  },
  { skip },
);

describe("docker runtime", { skip, timeout: 120_000 }, () => {
  const prefix = `sealift-test-${process.pid}`;
  let runtime: Runtime;
  let image: string;
  before(async () => {
    runtime = dockerRuntime({ docker: docker!, ids: randomIds, prefix });
    image = await importHttpdImage(docker!);
  });
  after(async () => {
    await runtime?.[Symbol.asyncDispose]();
    if (docker) await clear(prefix);
  });

  function specOf(change: Partial<ContainerSpec>): ContainerSpec {
    return {
      name: `${prefix}-${randomIds.hex(8)}`,
      image,
      environment: {},
      labels: {},
      ports: [],
      network: "none",
      ...change,
    };
  }

  async function start(spec: ContainerSpec, using = runtime): Promise<string> {
    const id = await using.containers.create(spec);
    await using.containers.start(id);
    return id;
  }

  async function finish(spec: ContainerSpec): Promise<string> {
    const id = await start(spec);
    await docker!.getContainer(id).wait();
    return id;
  }

  async function openNamespace(nth: number): Promise<{ namespace: string; address: string }> {
    const address = addressIn((await runtime.describe()).subnet.cidr, nth);
    const namespace = {
      taskArn: `arn:aws:ecs:us-east-1:1:task/default/${nth}`,
      hostname: "ip-of-task",
      address,
      labels: {},
    };
    return { namespace: await runtime.networks.open(namespace), address };
  }

  test("a namespace has the address and the hostname that were asked for, and is reached there", async () => {
    const { namespace, address } = await openNamespace(20);
    const show = finish(specOf({ command: ["sh", "-c", "hostname; ip -4 -o addr show eth0"], network: { namespace } }));
    const [hostname, line] = (await outputOf(await show)).split("\n");
    assert.equal(hostname, "ip-of-task");
    assert.match(line ?? "", new RegExp(`inet ${address.replaceAll(".", "\\.")}/`));

    await start(specOf({ network: { namespace }, ports: [{ containerPort: 80, hostPort: 0, protocol: "tcp" }] }));
    const other = await openNamespace(21);
    const wget = `until wget -q -O - http://${address}/; do sleep 0.1; done`;
    const id = await finish(specOf({ command: ["sh", "-c", wget], network: { namespace: other.namespace } }));
    assert.equal(await outputOf(id), "It works!\n");
  });

  test("a namespace ends as soon as it is told to", async () => {
    const { namespace } = await openNamespace(22);
    await runtime.containers.stop(namespace, 60);
    assert.equal((await runtime.containers.inspect(namespace))?.exitCode, 0);
  });

  test("an address that is taken fails by name", async () => {
    await openNamespace(23);
    await assert.rejects(openNamespace(23), {
      name: "ContainerNetworkingError",
      message: /^Error response from daemon: .*Address already in use/,
    });
  });

  test("a namespace can be opened after the network and the pause image were pruned", async () => {
    const pruned = `${prefix}-pruned`;
    await using patient = dockerRuntime({ docker: docker!, ids: randomIds, prefix: pruned });
    const { subnet } = await patient.describe();
    const spec = { taskArn: "task/1", hostname: "h", address: addressIn(subnet.cidr, 30), labels: {} };
    await patient.containers.remove(await patient.networks.open(spec));
    await clear(pruned);
    await patient.networks.open(spec);
    assert.deepEqual((await patient.describe()).subnet, subnet);
    await clear(pruned);
  });

  test("two runtimes that begin at once share one network", async () => {
    const both = [1, 2].map(() => dockerRuntime({ docker: docker!, ids: randomIds, prefix: `${prefix}-twin` }));
    const subnets = await Promise.all(both.map(async (twin) => (await twin.describe()).subnet));
    assert.deepEqual(subnets[0], subnets[1]);
    await clear(`${prefix}-twin`);
  });

  test("bridge ports are published where asked, or where Docker chooses", async () => {
    const ports = [{ containerPort: 80, hostPort: 0, protocol: "tcp" }] as const;
    const id = await start(specOf({ network: "bridge", ports }));
    const [binding, ...others] = (await runtime.containers.inspect(id))!.ports;
    assert.deepEqual(others, []);
    assert.equal(binding?.containerPort, 80);
    const answer = await fetch(`http://127.0.0.1:${binding.hostPort}/`);
    assert.equal(await answer.text(), "It works!\n");
  });

  test("the payload's config and hostConfig reach Docker, and its labels do not replace the agent's", async () => {
    const id = await runtime.containers.create(
      specOf({
        command: ["true"],
        cpu: 1,
        memory: 64 * 1024 * 1024,
        labels: { "com.amazonaws.ecs.cluster": "ours", mine: "1" },
        config: {
          User: "nobody",
          Labels: { "com.amazonaws.ecs.cluster": "theirs", theirs: "1", [runtimeLabel]: "theirs" },
        },
        hostConfig: { ReadonlyRootfs: true, Ulimits: [{ Name: "nofile", Soft: 100, Hard: 200 }], NetworkMode: "host" },
      }),
    );
    const { Config, HostConfig } = await docker!.getContainer(id).inspect();
    assert.deepEqual(Config.Labels, {
      "com.amazonaws.ecs.cluster": "ours",
      mine: "1",
      theirs: "1",
      [runtimeLabel]: prefix,
    });
    assert.equal(Config.User, "nobody");
    assert.equal(HostConfig.ReadonlyRootfs, true);
    assert.equal(HostConfig.CpuShares, 2);
    assert.equal(HostConfig.Memory, 64 * 1024 * 1024);
    assert.equal(HostConfig.NetworkMode, "none");
    assert.deepEqual(HostConfig.Ulimits, [{ Name: "nofile", Soft: 100, Hard: 200 }]);
  });

  test("a program over its memory limit is killed as OutOfMemoryError", async () => {
    const id = await finish(specOf({ command: ["sh", "-c", "tail /dev/zero"], memory: 16 * 1024 * 1024 }));
    const state = await runtime.containers.inspect(id);
    assert.equal(state?.exitCode, 137);
    assert.equal(`${state.error}`, "OutOfMemoryError: Container killed due to memory usage");
  });

  test("pull of an image that cannot be had fails by name, in the Engine's words", async () => {
    const missing = "127.0.0.1:1/missing:1"; // no registry listens there
    for (const pullBehavior of ["default", "always", "once", "prefer-cached"] as const) {
      const puller = dockerRuntime({ docker: docker!, ids: randomIds, prefix, pullBehavior });
      const expected = { name: "CannotPullContainerError", message: /^Error response from daemon: .*127\.0\.0\.1:1/ };
      await assert.rejects(puller.images.pull(missing), expected, pullBehavior);
    }
  });

  test("pull falls back on the image that is there unless told to always pull", async () => {
    const name = "127.0.0.1:1/httpd:1";
    await docker!.getImage(image).tag({ repo: "127.0.0.1:1/httpd", tag: "1" });
    for (const pullBehavior of ["default", "once", "prefer-cached"] as const) {
      await dockerRuntime({ docker: docker!, ids: randomIds, prefix, pullBehavior }).images.pull(name);
    }
    const always = dockerRuntime({ docker: docker!, ids: randomIds, prefix, pullBehavior: "always" });
    await assert.rejects(always.images.pull(name), { name: "CannotPullContainerError" });
    await docker!.getImage(name).remove();
  });

  test("create of an image that is not there fails in the Engine's words", async () => {
    await assert.rejects(runtime.containers.create(specOf({ image: "missing:1" })), {
      name: "CannotCreateContainerError",
      message: "Error response from daemon: No such image: missing:1",
    });
  });

  test("a runtime made after a restart finds the containers and sees them end; another prefix does not", async () => {
    const id = await start(specOf({ command: programs.waits, labels: { a: "b" } }));
    await using next = dockerRuntime({ docker: docker!, ids: randomIds, prefix });
    await using stranger = dockerRuntime({ docker: docker!, ids: randomIds, prefix: `${prefix}-stranger` });
    const found = (await next.containers.list()).find((state) => state.id === id);
    assert.deepEqual([found?.status, found?.labels.a], ["running", "b"]);
    assert.deepEqual(await stranger.containers.list(), []);
    assert.equal(await stranger.containers.inspect(id), undefined);
    const ended = new Promise((resolve) => next.events((event) => resolve(event.id)));
    await docker!.getContainer(id).kill();
    assert.equal(await ended, id);
  });

  test("the image that shows its environment prints it, and stops at once when asked", async () => {
    const shower = specOf({
      image: await importShowEnvironmentImage(docker!),
      environment: { A: "x y", B: "grüße", C: "" },
    });
    const id = await start(shower);
    while (!(await outputOf(id)).includes("C=\n")) await delay(10);
    const lines = (await outputOf(id)).split("\n");
    for (const line of ["A=x y", "B=grüße", "C="]) assert.ok(lines.includes(line), line);
    assert.equal((await runtime.containers.inspect(id))?.status, "running");
    await runtime.containers.stop(id, 60);
    assert.equal((await runtime.containers.inspect(id))?.exitCode, 0);
  });

  test("the splunk driver gets its options, and one that is missing fails start by name", async () => {
    await using collector = await splunkCollector();
    const options = { "splunk-url": collector.url, "splunk-token": "secret-token" };
    const id = await finish(specOf({ command: ["echo", "hello"], log: { driver: "splunk", options } }));
    await runtime.containers.remove(id);
    while (collector.events.length === 0) await delay(10);
    assert.match(collector.events[0]!, /"line":"hello"/);
    assert.equal(collector.authorization, "Splunk secret-token");
    const incomplete = specOf({
      command: ["true"],
      log: { driver: "splunk", options: { "splunk-token": "secret-token" } },
    });
    await assert.rejects(start(incomplete), { name: "CannotStartContainerError", message: /splunk-url is expected/ });
  });

  describe("through a proxy", () => {
    let socketPath: string;
    let proxy: Awaited<ReturnType<typeof engineProxy>>;
    before(async () => {
      socketPath = join(await mkdtemp(join(tmpdir(), "sealift-test-")), "docker.sock");
      proxy = await engineProxy(socketPath);
    });
    after(async () => {
      await proxy?.close();
      if (socketPath) await rm(join(socketPath, ".."), { recursive: true });
    });

    test("secrets go to the Engine in a request's body, never in its address or headers", async () => {
      await using proxied = dockerRuntime({ socketPath, ids: randomIds, prefix });
      const options = { "splunk-url": "http://127.0.0.1:1", "splunk-token": "canary-token" };
      await proxied.containers.create(
        specOf({ environment: { A: "canary-value" }, log: { driver: "splunk", options } }),
      );
      const requests = proxy.sent().split("\r\n\r\n");
      assert.ok(requests.some((text) => text.includes("canary-value")));
      for (const head of requests.filter((text) => /HTTP\/1\.1\r\n/.test(text))) {
        assert.doesNotMatch(head.slice(head.search(/(GET|POST|DELETE) \//)), /canary/);
      }
    });

    test("a container that ends while the Engine cannot be heard is found when it can be again", async () => {
      await using proxied = dockerRuntime({ socketPath, ids: randomIds, prefix });
      const id = await start(specOf({ command: programs.waits }), proxied);
      const ended = new Promise((resolve) => proxied.events((event) => resolve(event.id)));
      while (!proxy.sent().includes("GET /events")) await delay(10);
      await proxy.close();
      await docker!.getContainer(id).kill();
      proxy = await engineProxy(socketPath);
      assert.equal(await ended, id);
    });

    test("an Engine that is away fails by kind and name", async () => {
      await proxy.close();
      const away = dockerRuntime({ socketPath, ids: randomIds, prefix });
      const calls: [string, () => Promise<unknown>][] = [
        ["CannotDescribeMachineError", () => away.describe()],
        ["CannotPullContainerError", () => away.images.pull("httpd")],
        ["ContainerNetworkingError", () => away.networks.open({ taskArn: "t", hostname: "", address: "", labels: {} })],
        ["CannotCreateContainerError", () => away.containers.create(specOf({}))],
        ["CannotStartContainerError", () => away.containers.start("a")],
        ["CannotStopContainerError", () => away.containers.stop("a", 1)],
        ["CannotRemoveContainerError", () => away.containers.remove("a")],
        ["CannotListContainersError", () => away.containers.list()],
        ["CannotInspectContainerError", () => away.containers.inspect("a")],
      ];
      for (const [name, call] of calls) {
        await assert.rejects(call(), (error: Error) => {
          assert.ok(error instanceof RuntimeUnavailableError);
          assert.equal(error.name, name);
          assert.match(error.message, /^Cannot connect to the Docker daemon/);
          return true;
        });
      }
    });
  });
});

/** Hands everything on to the Engine, remembers what was sent, and can break all connections. */
async function engineProxy(path: string) {
  const sockets = new Set<Socket>();
  const pieces: Buffer[] = [];
  const server = createProxy((socket) => {
    const engine = connect((docker!.modem as { socketPath?: string }).socketPath!);
    for (const end of [socket, engine]) sockets.add(end.on("error", () => end.destroy()));
    socket.on("data", (piece: Buffer) => pieces.push(piece));
    socket.pipe(engine).pipe(socket);
  });
  await once(server.listen(path), "listening");
  return {
    sent: () => Buffer.concat(pieces).toString(),
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server.close(), "close");
    },
  };
}

async function splunkCollector() {
  const events: string[] = [];
  const collector = { url: "", events, authorization: "", [Symbol.asyncDispose]: async () => void server.close() };
  const server: Server = createServer(async (request, response) => {
    collector.authorization = request.headers.authorization ?? collector.authorization;
    const body = (await request.toArray()).join("");
    if (body !== "") events.push(body);
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return collector;
}
