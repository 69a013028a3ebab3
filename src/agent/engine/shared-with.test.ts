import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadContainer, PayloadTask } from "../../acs/protocol.ts";
import { hostConfigOf } from "./shared-with.ts";
import { container, taskWith } from "./task.fixture.ts";

function hostConfig(change: Partial<PayloadContainer>, modes: Pick<PayloadTask, "pidMode" | "ipcMode"> = {}) {
  const app = container("app", change);
  const task = taskWith([container("db"), app], { db: { status: "running", runtimeName: "ecs-web-3-db-0a1b" } });
  return hostConfigOf({ ...task, payload: { ...task.payload, ...modes } }, app);
}

test("links and volumes of other containers go by the runtime's names", () => {
  assert.deepEqual(hostConfig({ links: ["db", "db:postgres"] }), {
    Links: ["ecs-web-3-db-0a1b:db", "ecs-web-3-db-0a1b:postgres"],
  });
  const from = (readOnly: boolean) => ({ sourceContainer: "db", readOnly });
  assert.deepEqual(hostConfig({ volumesFrom: [from(false), from(true)] }), {
    VolumesFrom: ["ecs-web-3-db-0a1b", "ecs-web-3-db-0a1b:ro"],
  });
});

test("namespaces of the machine are the runtime's own words, those of the task are none of it", () => {
  assert.deepEqual(hostConfig({}, { pidMode: "host", ipcMode: "host" }), { PidMode: "host", IpcMode: "host" });
  assert.deepEqual(hostConfig({}, { ipcMode: "none" }), { IpcMode: "none" });
  assert.deepEqual(hostConfig({}, { pidMode: "task", ipcMode: "task" }), {});
});

const refused: readonly (readonly [Partial<PayloadContainer>, string])[] = [
  [{ links: ["a:b:c"] }, "Invalid link format: a:b:c"],
  [{ links: ["cache:redis"] }, "Link target not available: cache"],
  [{ volumesFrom: [{ sourceContainer: "cache", readOnly: true }] }, "Volume target not available: cache"],
];
for (const [change, message] of refused) {
  test(message, () => assert.throws(() => hostConfig(change), { name: "HostConfigError", message }));
}
