import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { addressIn, clear, openDocker, outputOf } from "./engine.fixture.ts";

describe("docker networks", { skip: await skipUnless("docker"), timeout: 120_000 }, () => {
  const { prefix, runtime, open, start, finish, specOf } = openDocker("networks");

  async function openNamespace(nth: number): Promise<{ namespace: string; address: string }> {
    const address = addressIn((await runtime().describe()).subnet.cidr, nth);
    const taskArn = `arn:aws:ecs:us-east-1:1:task/default/${nth}`;
    return {
      namespace: await runtime().networks.open({ taskArn, hostname: "ip-of-task", address, labels: {} }),
      address,
    };
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
    await patient.containers.remove(await patient.networks.open(spec));
    await clear(pruned);
    await patient.networks.open(spec);
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
