import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadTask } from "../../acs/protocol.ts";
import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { openWorld } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { awsvpc, container, payload, taskArn } from "../engine/task.fixture.ts";

const ports = [{ containerPort: 80, hostPort: 80, protocol: "tcp" }] as const;

async function running(change: Partial<PayloadTask>) {
  const world = openWorld();
  const shm = { config: "{}", hostConfig: JSON.stringify({ ShmSize: 200 * 2 ** 20 }), version: "1.25" };
  const main = container("main", { portMappings: ports, dockerConfig: shm });
  await world.engine.accept(payload([main, container("side")], change));
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  const [namespace] = [...world.runtime.namespaces];
  const specs = [...world.runtime.specs.values()].map(({ network, hostConfig, ports }) => ({
    network,
    hostConfig,
    ports,
  }));
  return { ...world, namespace: namespace?.[1], id: namespace?.[0], specs };
}

test("an awsvpc task shares its network and nothing else, and publishes no port", async () => {
  const { namespace, id, specs } = await running(awsvpc());
  assert.deepEqual([namespace?.address, namespace?.hostname], ["10.1.0.5", "ip-10-1-0-5.internal"]);
  assert.deepEqual([namespace?.publish, namespace?.sharedMemory], [undefined, undefined]);
  for (const spec of specs) {
    assert.deepEqual([spec.network, spec.ports, spec.hostConfig?.PidMode], [{ namespace: id }, [], undefined]);
  }
});

test("a public address publishes the ports of all containers, also after a kill -9", async () => {
  const eni = awsvpc().elasticNetworkInterfaces?.map((one) => ({ ...one, assignPublicIp: "ENABLED" as const }));
  const world = await running({ ...awsvpc(), ...(eni && { elasticNetworkInterfaces: eni }) });
  assert.deepEqual(world.namespace?.publish, ports);
  const published = [{ ...ports[0], bindIp: "0.0.0.0" }];
  assert.deepEqual(world.task().resources.network?.data, { id: world.id, ports: published });
  const next = await world.killed();
  assert.deepEqual(next.task().resources.network?.data, { id: world.id, ports: published });
});

test("a namespace that was made while the Engine went away goes with its task, too", async () => {
  let tries = 0;
  const world = openWorld({
    wrap: (real) => ({
      ...real,
      networks: {
        ...real.networks,
        async create(spec) {
          if (++tries > 1) return real.networks.create(spec);
          // Made, and not started.
          const { publish: _, ...unpublished } = spec;
          await real.networks.create(unpublished);
          throw new RuntimeUnavailableError("ContainerNetworkingError", "the Engine went away");
        },
      },
    }),
  });
  const eni = awsvpc().elasticNetworkInterfaces!.map((one) => ({ ...one, assignPublicIp: "ENABLED" as const }));
  world.engine.accept(
    payload([container("main", { portMappings: ports })], { ...awsvpc(), elasticNetworkInterfaces: eni }),
  );
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  assert.equal((await world.runtime.containers.list()).filter(({ isNamespace }) => isNamespace).length, 2);
  world.engine.stop(taskArn);
  await world.until("the task has stopped", () => isStopped(world.task()));
  await world.engine.remove(taskArn);
  assert.deepEqual(await world.runtime.containers.list(), []);
});

test("pidMode and ipcMode share a namespace without a network; its memory is the largest that is asked for", async () => {
  const world = await running({ networkMode: "bridge", pidMode: "task", ipcMode: "task" });
  assert.deepEqual([world.namespace?.address, world.namespace?.sharedMemory], [undefined, 200 * 2 ** 20]);
  const shared = `container:${world.id}`;
  for (const { network, hostConfig } of world.specs) {
    assert.deepEqual([network, hostConfig?.PidMode, hostConfig?.IpcMode], ["bridge", shared, shared]);
  }
  world.engine.stop(taskArn);
  await world.until("the task has stopped", () => isStopped(world.task()));
  assert.equal((await world.runtime.containers.list()).filter(({ isNamespace }) => isNamespace).length, 0);
});

test("an awsvpc task may share its processes, too, and its end is that of the task", async () => {
  const world = await running({ ...awsvpc(), pidMode: "task" });
  assert.equal(world.runtime.namespaces.size, 1);
  assert.deepEqual(world.specs[0]?.network, { namespace: world.id });
  assert.equal(world.specs[0]?.hostConfig?.PidMode, `container:${world.id}`);
  world.runtime.exit(world.id ?? "", 0);
  await world.until("the task has stopped", () => isStopped(world.task()));
  assert.match(world.task().reason ?? "", /namespace has ended/);
});

test("a task whose namespaces are the machine's needs none of its own", async () => {
  const { namespace, specs } = await running({ pidMode: "host", ipcMode: "host" });
  assert.equal(namespace, undefined);
  assert.deepEqual([specs[0]?.hostConfig?.PidMode, specs[0]?.hostConfig?.IpcMode], ["host", "host"]);
});
