import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { until } from "../../../test/support/until.ts";
import { addressIn, clear, openDocker, outputOf } from "./engine.fixture.ts";

describe("docker networks", { skip: await skipUnless("docker"), timeout: 120_000 }, () => {
  const { prefix, runtime, open, start, finish, specOf } = openDocker("networks");

  async function openNamespace(nth: number): Promise<{ namespace: string; address: string }> {
    const address = addressIn((await runtime().describe()).subnet.cidr, nth);
    const taskArn = `arn:aws:ecs:us-east-1:1:task/default/${nth}`;
    const namespace = await runtime().networks.create({ taskArn, hostname: "ip-of-task", address, labels: {} });
    await runtime().networks.open(namespace);
    return { namespace, address };
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

  const web = { containerPort: 80, hostPort: 0, protocol: "tcp" } as const;

  async function openPublished(nth: number, containerPort: number) {
    const address = addressIn((await runtime().describe()).subnet.cidr, nth);
    const spec = { taskArn: `task/${nth}`, hostname: "h", address, labels: {} };
    const namespace = await runtime().networks.create({ ...spec, publish: [{ ...web, containerPort }] });
    await runtime().networks.open(namespace);
    return { namespace, ports: (await runtime().containers.inspect(namespace))?.ports ?? [] };
  }

  test("published ports are reached on the machine: at the same number, or at another one if it is taken", async () => {
    const listener = createServer().listen(0);
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    listener.close();
    await once(listener, "close");
    const first = await openPublished(24, port);
    const second = await openPublished(25, port);
    assert.deepEqual(first.ports, [{ containerPort: port, hostPort: port, protocol: "tcp", bindIp: "0.0.0.0" }]);
    assert.equal(second.ports[0]?.containerPort, port);
    assert.notEqual(second.ports[0]?.hostPort, port);
    for (const [text, { namespace, ports }] of [first, second].entries()) {
      const command = ["sh", "-c", `mkdir /w; echo ${text} > /w/index.html; exec httpd -f -p ${port} -h /w`];
      await start(specOf({ network: { namespace }, command }));
      const answer = await until("an answer", () =>
        fetch(`http://127.0.0.1:${ports[0]?.hostPort}`).catch(() => undefined),
      );
      assert.equal(await answer.text(), `${text}\n`);
    }
  });

  test("processes and shared memory of a namespace are its containers', and nothing of ended ones stays", async () => {
    const size = 3 * 1024 * 1024;
    const spec = { taskArn: "task/26", hostname: "h", labels: {}, sharedMemory: size };
    const namespace = await runtime().networks.create(spec);
    await runtime().networks.open(namespace);
    const shared = { hostConfig: { PidMode: `container:${namespace}`, IpcMode: `container:${namespace}` } };
    const orphan = "(sleep 0.1 &) ; touch /dev/shm/mine; exec sleep 60";
    await start(specOf({ ...shared, command: ["sh", "-c", orphan] }));
    const look = "sleep 1; ps -o stat,args; ls /dev/shm; df -k /dev/shm | tail -1";
    const seen = await outputOf(await finish(specOf({ ...shared, command: ["sh", "-c", look] })));
    assert.match(seen, /\/pause/);
    assert.match(seen, /sleep 60/);
    assert.doesNotMatch(seen, /^Z/m);
    assert.match(seen, /^mine$/m);
    assert.match(seen, new RegExp(`shm\\s+${size / 1024}\\s`));
  });

  test("a namespace ends as soon as it is stopped", async () => {
    const { namespace } = await openNamespace(22);
    await runtime().containers.stop(namespace, 60);
    assert.equal((await runtime().containers.inspect(namespace))?.exitCode, 0);
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
    await using patient = open({ prefix: pruned });
    const { subnet } = await patient.describe();
    const spec = { taskArn: "task/1", hostname: "h", address: addressIn(subnet.cidr, 30), labels: {} };
    await patient.containers.remove(await patient.networks.create(spec));
    await clear(pruned);
    await patient.networks.open(await patient.networks.create(spec));
    assert.deepEqual((await patient.describe()).subnet, subnet);
    await clear(pruned);
  });

  test("two runtimes that begin at once share one network", async () => {
    const both = [1, 2].map(() => open({ prefix: `${prefix}-twin` }));
    const subnets = await Promise.all(both.map(async (twin) => (await twin.describe()).subnet));
    assert.deepEqual(subnets[0], subnets[1]);
    await clear(`${prefix}-twin`);
  });
});
