import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dockerAddress } from "../../../test/support/docker.ts";
import { importHttpdImage } from "../../../test/support/images.ts";
import { skipUnless } from "../../../test/support/require.ts";
import { until } from "../../../test/support/until.ts";
import { randomIds } from "../../ids.ts";
import { runtimeContract } from "../contract/runtime.contract.ts";
import { programs } from "../contract/subject.contract.ts";
import { RuntimeUnavailableError } from "../runtime-error.ts";
import { dockerRuntime } from "./docker-runtime.ts";
import { addressIn, clear, docker, engineProxy, openDocker, outputOf } from "./engine.fixture.ts";
import { pullPatience } from "./pull.ts";
import { importShowEnvironmentImage } from "./show-environment/show-environment-image.ts";

const skip = await skipUnless("docker");

runtimeContract(
  "docker",
  async () => {
    const prefix = `sealift-contract-${process.pid}`;
    const runtime = dockerRuntime({ engine: dockerAddress, ids: randomIds, prefix });
    const { subnet } = await runtime.describe();
    return {
      runtime,
      image: await importHttpdImage(docker),
      address: addressIn(subnet.cidr, 9),
      uncreatable: { image: "sealift.invalid/missing:1" },
      output: outputOf,
      async [Symbol.asyncDispose]() {
        await runtime[Symbol.asyncDispose]();
        await clear(prefix);
      },
    };
  },
  { capabilities: ["logs", "stats", "exec", "volumes", "linkLocal", "fileStores"], skip },
);

describe("docker runtime", { skip, timeout: 120_000 }, () => {
  const { prefix, runtime, image, open, start, specOf } = openDocker("test");
  /** A registry that is not there is asked again at once. */
  const hurried = { ...pullPatience, firstDelay: 1 };

  test("pull of an image that cannot be had fails by name, in the Engine's words", async () => {
    const missing = "127.0.0.1:1/missing:1"; // no registry listens there
    for (const pullBehavior of ["default", "always", "once", "prefer-cached"] as const) {
      const expected = { name: "CannotPullContainerError", message: /^Error response from daemon: .*127\.0\.0\.1:1/ };
      await assert.rejects(open({ pullBehavior, pullPatience: hurried }).images.pull(missing), expected, pullBehavior);
    }
  });

  test("pull falls back on the image that is there unless told to always pull", async () => {
    const name = "127.0.0.1:1/httpd:1";
    await docker.getImage(image()).tag({ repo: "127.0.0.1:1/httpd", tag: "1" });
    for (const pullBehavior of ["default", "once", "prefer-cached"] as const) {
      await open({ pullBehavior, pullPatience: hurried }).images.pull(name);
    }
    const always = open({ pullBehavior: "always", pullPatience: hurried });
    await assert.rejects(always.images.pull(name), { name: "CannotPullContainerError" });
    await docker.getImage(name).remove();
  });

  test("a runtime made after a restart finds the containers and sees them end; another prefix does not", async () => {
    const id = await start(specOf({ command: programs.waits, labels: { a: "b" } }));
    await using next = open();
    await using stranger = open({ prefix: `${prefix}-stranger` });
    const found = (await next.containers.list()).find((state) => state.id === id);
    assert.deepEqual([found?.status, found?.labels.a], ["running", "b"]);
    assert.deepEqual(await stranger.containers.list(), []);
    assert.equal(await stranger.containers.inspect(id), undefined);
    const ended = new Promise((resolve) => next.events((event) => resolve(event.id)));
    await docker.getContainer(id).kill();
    assert.equal(await ended, id);
  });

  test("the image that shows its environment prints it, and stops at once when asked", async () => {
    const environment = { A: "x y", B: "grüße", C: "" };
    const id = await start(specOf({ image: await importShowEnvironmentImage(docker), environment }));
    const output = await until("the environment", async () => {
      const text = await outputOf(id);
      return text.includes("C=\n") && text;
    });
    for (const line of ["A=x y", "B=grüße", "C="]) assert.ok(output.split("\n").includes(line), line);
    assert.equal((await runtime().containers.inspect(id))?.status, "running");
    await runtime().containers.stop(id, 60);
    assert.equal((await runtime().containers.inspect(id))?.exitCode, 0);
  });

  test("secrets go to the Engine in a request's body, never in its address or headers", async () => {
    await using proxy = await engineProxy();
    await using proxied = open({ engine: proxy.address });
    const options = { "splunk-url": "http://127.0.0.1:1", "splunk-token": "canary-token" };
    await proxied.containers.create(specOf({ environment: { A: "canary-value" }, log: { driver: "splunk", options } }));
    const requests = proxy.sent().split("\r\n\r\n");
    assert.ok(requests.some((text) => text.includes("canary-value")));
    for (const head of requests.filter((text) => /HTTP\/1\.1\r\n/.test(text))) {
      assert.doesNotMatch(head.slice(head.search(/(GET|POST|DELETE) \//)), /canary/);
    }
  });

  test("a call that is under way when the runtime is disposed of fails, and the Engine does what was asked", async () => {
    const id = await start(specOf({ command: programs["ignores SIGTERM"] }));
    await until("SIGTERM is ignored", async () => (await outputOf(id)).includes("ready"));
    const brief = open();
    const stopped = brief.containers.stop(id, 3);
    const failed = assert.rejects(stopped, RuntimeUnavailableError);
    await brief.containers.inspect(id);
    await brief[Symbol.asyncDispose]();
    await failed;
    await until("it is stopped", async () => (await runtime().containers.inspect(id))?.status === "stopped");
  });

  test("an Engine that is away fails by kind and name", async () => {
    await using proxy = await engineProxy();
    await proxy.sever();
    const { describe, images, networks, containers, logs, stats, exec, volumes, fileStores } = open({
      engine: proxy.address,
    });
    const calls: [string, () => Promise<unknown>][] = [
      ["CannotDescribeMachineError", () => describe()],
      ["CannotPullContainerError", () => images.pull("httpd")],
      ["ContainerNetworkingError", () => networks.create({ taskArn: "t", hostname: "", address: "", labels: {} })],
      ["CannotCreateContainerError", () => containers.create(specOf({}))],
      ["CannotStartContainerError", () => containers.start("a")],
      ["CannotStopContainerError", () => containers.stop("a", 1)],
      ["CannotRemoveContainerError", () => containers.remove("a")],
      ["CannotListContainersError", () => containers.list()],
      ["CannotInspectContainerError", () => containers.inspect("a")],
      ["CannotReadLogsError", async () => Array.fromAsync(logs?.read("a") ?? [])],
      ["CannotReadStatsError", async () => stats?.read("a")],
      ["CannotReadStatsError", async () => Array.fromAsync(stats?.follow("a") ?? [])],
      ["CannotStartContainerExecError", async () => exec?.start("a", { command: ["true"] })],
      ["CannotCreateVolumeError", async () => volumes?.create({ name: "a", labels: {} })],
      ["CannotRemoveVolumeError", async () => volumes?.remove("a")],
      ["CannotListVolumesError", async () => volumes?.list({})],
      ["CannotInspectVolumeError", async () => volumes?.inspect("a")],
      ["CannotCreateFileStoreError", async () => fileStores?.open({ taskArn: "t", bytes: 1, labels: {} })],
    ];
    for (const [name, call] of calls) {
      await assert.rejects(call(), (error: Error) => {
        assert.ok(error instanceof RuntimeUnavailableError, `${error}`);
        assert.equal(error.name, name);
        assert.match(error.message, /^Cannot connect to the Docker daemon/);
        return true;
      });
    }
  });
});
