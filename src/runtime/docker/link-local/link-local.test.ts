import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { skipUnless } from "../../../../test/support/require.ts";
import { until } from "../../../../test/support/until.ts";
import { docker, openDocker } from "../engine.fixture.ts";
import { linkLocalLabel } from "../labels.ts";

describe("docker link-local address", { skip: await skipUnless("docker"), timeout: 120_000 }, () => {
  const { prefix, runtime, start, specOf } = openDocker("link-local");

  async function listeners() {
    return docker.listContainers({ all: true, filters: { label: [`${linkLocalLabel}=${prefix}-link-local`] } });
  }

  test("port 80 of the address leads here, and a container publishes port 80 nonetheless", async (t) => {
    await using door = await runtime().linkLocal!.open();
    const server = createServer((_request, response) => response.end("the agent's"));
    const port = await door.listen(80, (connection) => server.emit("connection", connection));
    if (port === undefined) return t.skip("another agent has the port");
    const ports = [{ containerPort: 80, hostPort: 80, protocol: "tcp" }] as const;
    const id = await start(specOf({ network: "bridge", ports }));
    const text = async (url: string) => (await fetch(url, { headers: { connection: "close" } })).text();
    const published = await until("the container answers", () => text("http://127.0.0.1/").catch(() => undefined));
    assert.equal(published, "It works!\n");
    assert.equal(await text(`http://${door.address}/`), "the agent's");
    await runtime().containers.remove(id);
  });

  test("what listens goes with its door, and holds two capabilities only", async () => {
    const door = await runtime().linkLocal!.open();
    const [found] = await listeners();
    const { HostConfig: host } = await docker.getContainer(found!.Id).inspect();
    assert.deepEqual([host.CapDrop, host.CapAdd], [["ALL"], ["NET_ADMIN", "NET_BIND_SERVICE"]]);
    assert.equal(host.Privileged, false);
    await door[Symbol.asyncDispose]();
    assert.deepEqual(await listeners(), []);
  });

  test("it is no container of a task", async () => {
    await using _ = await runtime().linkLocal!.open();
    assert.deepEqual(await runtime().containers.list(), []);
  });

  test("a door whose listener is removed says that it has closed", async () => {
    await using door = await runtime().linkLocal!.open();
    const [found] = await listeners();
    await docker.getContainer(found!.Id).remove({ force: true });
    await door.closed;
    await assert.rejects(
      door.listen(0, () => {}),
      { name: "LinkLocalError" },
    );
  });
});
