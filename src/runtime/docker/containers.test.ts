import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { until } from "../../../test/support/until.ts";
import { docker, openDocker } from "./engine.fixture.ts";
import { runtimeLabel } from "./labels.ts";

describe("docker containers", { skip: await skipUnless("docker"), timeout: 120_000 }, () => {
  const { prefix, runtime, start, finish, specOf } = openDocker("containers");

  test("bridge ports are published where asked, or where Docker chooses", async () => {
    const ports = [{ containerPort: 80, hostPort: 0, protocol: "tcp" }] as const;
    const id = await start(specOf({ network: "bridge", ports }));
    const state = await runtime().containers.inspect(id);
    const [binding, ...others] = state?.ports ?? [];
    assert.deepEqual(others, []);
    assert.equal(binding?.containerPort, 80);
    const answer = await fetch(`http://127.0.0.1:${binding.hostPort}/`);
    assert.equal(await answer.text(), "It works!\n");
  });

  test("several ports in a row are several in a row on the machine, and are told from those that are taken", async () => {
    const ports = [
      { containerPort: 8000, hostPort: 0, protocol: "tcp", count: 5 },
      { containerPort: 8000, hostPort: 0, protocol: "udp", count: 3 },
    ] as const;
    const command = ["sleep", "60"];
    const ids = await Promise.all([1, 2].map(() => start(specOf({ network: "bridge", command, ports }))));
    for (const id of ids) {
      const bound = (await runtime().containers.inspect(id))?.ports ?? [];
      for (const { protocol, count } of ports) {
        const own = bound
          .filter((port) => port.protocol === protocol)
          .sort((a, b) => a.containerPort - b.containerPort);
        const first = own[0]?.hostPort ?? 0;
        assert.deepEqual(
          own.map(({ containerPort, hostPort }) => [containerPort, hostPort]),
          Array.from({ length: count }, (_, index) => [8000 + index, first + index]),
        );
      }
    }
  });

  test("the payload's config and hostConfig reach Docker, and its labels do not replace the agent's", async () => {
    const reserved = { "com.amazonaws.ecs.cluster": "theirs", "sealift.attempt": "9", [runtimeLabel]: "theirs" };
    const id = await runtime().containers.create(
      specOf({
        command: ["true"],
        cpu: 1,
        memory: 64 * 1024 * 1024,
        labels: { "com.amazonaws.ecs.cluster": "ours", "sealift.attempt": "1", mine: "1" },
        config: { User: "nobody", Labels: { ...reserved, theirs: "1" } },
        hostConfig: { ReadonlyRootfs: true, Ulimits: [{ Name: "nofile", Soft: 100, Hard: 200 }], NetworkMode: "host" },
      }),
    );
    const { Config, HostConfig } = await docker.getContainer(id).inspect();
    assert.deepEqual(Config.Labels, {
      "com.amazonaws.ecs.cluster": "ours",
      "sealift.attempt": "1",
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

  test("create of an image that is not there fails in the Engine's words", async () => {
    await assert.rejects(runtime().containers.create(specOf({ image: "missing:1" })), {
      name: "CannotCreateContainerError",
      message: "Error response from daemon: No such image: missing:1",
    });
  });

  test("the anonymous volumes of a container go with it", async () => {
    const id = await finish(specOf({ command: ["true"], config: { Volumes: { "/data": {} } } }));
    const { Mounts: mounts } = await docker.getContainer(id).inspect();
    const volume = mounts.find(({ Destination }) => Destination === "/data")?.Name ?? "";
    assert.ok(await runtime().volumes?.inspect(volume));
    await runtime().containers.remove(id);
    assert.equal(await runtime().volumes?.inspect(volume), undefined);
  });

  test("the log of a container with a terminal is one output", async () => {
    const command = ["sh", "-c", "echo one; echo two >&2; printf three"];
    const id = await finish(specOf({ command, config: { Tty: true }, log: { driver: "json-file", options: {} } }));
    const lines = await Array.fromAsync(runtime().logs?.read(id) ?? []);
    assert.deepEqual(
      lines.map(({ source, data }) => [source, data.toString().trim()]),
      ["one", "two", "three"].map((word) => ["stdout", word]),
    );
  });

  test("the splunk driver gets its options, and one that is missing fails start by name", async () => {
    await using collector = await splunkCollector();
    const options = { "splunk-url": collector.url, "splunk-token": "secret-token" };
    const id = await finish(specOf({ command: ["echo", "hello"], log: { driver: "splunk", options } }));
    await runtime().containers.remove(id);
    const event = await until("an event", () => collector.events[0]);
    assert.match(event, /"line":"hello"/);
    assert.equal(collector.authorization, "Splunk secret-token");
    const log = { driver: "splunk", options: { "splunk-token": "secret-token" } };
    await assert.rejects(start(specOf({ command: ["true"], log })), {
      name: "CannotStartContainerError",
      message: /splunk-url is expected/,
    });
  });
});

async function splunkCollector() {
  const events: string[] = [];
  const collector = { url: "", events, authorization: "", [Symbol.asyncDispose]: close };
  const server = createServer(async (request, response) => {
    collector.authorization = request.headers.authorization ?? collector.authorization;
    const body = (await request.toArray()).join("");
    if (body !== "") events.push(body);
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return collector;

  async function close(): Promise<void> {
    const closed = once(server.close(), "close");
    server.closeAllConnections(); // the Engine keeps one open
    await closed;
  }
}
