import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../clock.ts";
import { randomIds } from "../ids.ts";
import type { ContainerSpec } from "./containers.ts";
import { runtimeContract } from "./contract/runtime.contract.ts";
import { programs } from "./contract/subject.contract.ts";
import { fakeRuntime } from "./fake.ts";
import { healthCheckOf } from "./health-check.ts";
import { RuntimeError } from "./runtime-error.ts";

const spec: ContainerSpec = {
  name: "web",
  image: "httpd",
  environment: { A: "1" },
  labels: {},
  ports: [{ containerPort: 80, hostPort: 0, protocol: "tcp" }],
  network: "bridge",
};

runtimeContract(
  "fake",
  async () => {
    const runtime = fakeRuntime({
      clock: fakeClock(),
      ids: randomIds,
      before(operation, subject) {
        if (typeof subject === "string" || !("image" in subject)) return;
        if (operation === "create" && subject.image === "missing")
          throw new RuntimeError("CannotCreateContainerError", "no image");
        if (operation === "start" && healthCheckOf(subject)) setImmediate(fallSick, subject);
        if (operation === "start" && subject.command === programs["is not there"]) {
          throw new RuntimeError("CannotStartContainerError", "no program");
        }
      },
      program({ command }) {
        if (command === programs["ignores SIGTERM"]) return "ignores SIGTERM";
        if (command === programs.waits) return "runs";
        return { exitCode: command === programs["exits with 7"] ? 7 : 0 };
      },
    });

    function fallSick(spec: ContainerSpec): void {
      const [id] = [...runtime.specs].find(([, candidate]) => candidate === spec) ?? [""];
      runtime.setHealth(id, { status: "healthy" });
      runtime.setHealth(id, { status: "unhealthy", exitCode: 1, output: "checked\n" });
    }

    return {
      runtime,
      image: "image",
      address: "10.1.0.2",
      uncreatable: { image: "missing" },
      async output(id) {
        const { command, environment, network } = runtime.specs.get(id)!;
        if (command === programs["shows its network"]) return JSON.stringify(network);
        if (command !== programs["shows its environment"]) return "ready";
        return Buffer.from(
          Object.entries(environment)
            .map(([name, value]) => `${name}=${value}\0`)
            .join(""),
        ).toString("hex");
      },
      [Symbol.asyncDispose]: () => runtime[Symbol.asyncDispose](),
    };
  },
  { capabilities: ["volumes", "fileStores"] },
);

test("fake runtime records what was asked of it", async () => {
  const runtime = fakeRuntime({ clock: fakeClock(), ids: randomIds });
  await runtime.images.pull("httpd");
  const id = await runtime.containers.create(spec);
  assert.deepEqual(runtime.pulled, ["httpd"]);
  assert.deepEqual(runtime.specs.get(id), spec);
});

test("fake runtime fails where the test says so", async () => {
  for (const failing of ["pull", "create", "start"] as const) {
    const error = new RuntimeError("SomeError", failing);
    const runtime = fakeRuntime({
      clock: fakeClock(),
      ids: randomIds,
      before(operation) {
        if (operation === failing) throw error;
      },
    });
    const work = async () => {
      await runtime.images.pull("httpd");
      await runtime.containers.start(await runtime.containers.create(spec));
    };
    await assert.rejects(work(), error);
  }
});

test("fake runtime's exit ends a running container with code and error", async () => {
  const clock = fakeClock();
  const runtime = fakeRuntime({ clock, ids: randomIds });
  const id = await runtime.containers.create(spec);
  assert.throws(() => runtime.exit(id, 0));
  await runtime.containers.start(id);
  assert.equal((await runtime.containers.inspect(id))?.ports[0]?.hostPort, 32768);
  clock.advance(1000);
  const heard: string[] = [];
  runtime.events(({ id: ended }) => heard.push(ended));
  const error = new RuntimeError("OutOfMemoryError", "Container killed due to memory usage");
  runtime.exit(id, 137, error);
  const state = await runtime.containers.inspect(id);
  assert.deepEqual(
    [state?.status, state?.exitCode, state?.error, state?.finishedAt],
    ["stopped", 137, error, clock.now()],
  );
  assert.deepEqual(heard, [id]);
});
