import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadPortMapping } from "../../acs/protocol.ts";
import type { PortBinding } from "../../runtime/containers.ts";
import { networkBindings, portMapping } from "./ports.ts";
import { container, taskWith } from "./task.fixture.ts";

const web: PayloadPortMapping = { containerPort: 80, hostPort: 0, protocol: "tcp" };
const range: PayloadPortMapping = { containerPort: 0, hostPort: 0, protocol: "tcp", containerPortRange: "8000-8002" };
const bound = (containerPort: number, hostPort: number): PortBinding => ({
  containerPort,
  hostPort,
  protocol: "tcp",
  bindIp: "0.0.0.0",
});

function bindings(
  portMappings: readonly PayloadPortMapping[],
  ports?: readonly PortBinding[],
  published?: PortBinding[],
) {
  const attempt = ports ? { main: { status: "running", ports } as const } : {};
  const resources = { network: { status: "made", data: { id: "n", ports: published } } } as const;
  const task = taskWith([container("main", { portMappings })], attempt, published ? { resources } : {});
  const [main] = task.containers;
  assert.ok(main);
  return networkBindings(task, main);
}

test("a range is asked for as several ports in a row", () => {
  assert.deepEqual(portMapping(web), { containerPort: 80, hostPort: 0, protocol: "tcp" });
  assert.deepEqual(portMapping(range), { containerPort: 8000, hostPort: 0, protocol: "tcp", count: 3 });
});

test("a range is one binding, and a port between ranges its own", () => {
  const ports = [bound(80, 49200), bound(8000, 61010), bound(8001, 61011), bound(8002, 61012)];
  assert.deepEqual(bindings([range, web], ports), [
    { containerPort: 80, hostPort: 49200, protocol: "tcp", bindIP: "0.0.0.0" },
    { bindIP: "0.0.0.0", protocol: "tcp", containerPortRange: "8000-8002", hostPortRange: "61010-61012" },
  ]);
});

test("ports of the task's namespace are shown at the container that has them", () => {
  assert.deepEqual(bindings([web], [], [bound(80, 80), bound(9000, 9000)]), [
    { containerPort: 80, hostPort: 80, protocol: "tcp", bindIP: "0.0.0.0" },
  ]);
  assert.deepEqual(bindings([web], []), []);
});

test("a container that has not run has no bindings yet", () => assert.equal(bindings([web]), undefined));
