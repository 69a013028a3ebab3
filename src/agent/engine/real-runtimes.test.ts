import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { until } from "../../../test/support/until.ts";
import type { PayloadContainer } from "../../acs/protocol.ts";
import { systemClock } from "../../clock.ts";
import { systemTimers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import { openDocker } from "../../runtime/docker/engine.fixture.ts";
import { freshDirectory, open as openProcess } from "../../runtime/process/process.fixture.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { resources } from "../resources/index.ts";
import { fakeSecretSource } from "../secrets/fake-source.ts";
import { memoryState } from "./engine.fixture.ts";
import { isStopped, knownStatus } from "./status.ts";
import { container, credentials, payload, secret, taskArn } from "./task.fixture.ts";
import { taskEngine } from "./task-engine.ts";

const canary = "canary-4f1b8e";

/** An engine over a runtime that really runs programs. */
function open(t: TestContext, runtime: Runtime, store = memoryState()) {
  const engine = taskEngine({
    runtime,
    store,
    resources,
    clock: systemClock,
    timers: systemTimers,
    ids: randomIds,
    cluster: "default",
    region: "eu-west-1",
    runtimeWait: 60_000,
    retryDelay: 100,
    ecrSource() {
      throw new Error("no image here is Amazon ECR's");
    },
    secretSource: () => ({
      ...fakeSecretSource(),
      getSecretValue: async () => ({ secretString: canary }),
    }),
    objectSource() {
      throw new Error("no task here has environment files");
    },
    onChange() {},
    onRepeat() {},
    onRetry() {},
    onStray() {},
  });
  t.after(() => engine[Symbol.asyncDispose]());
  const task = () => {
    const found = engine.tasks().find(({ arn }) => arn === taskArn);
    assert.ok(found);
    return found;
  };
  const wait = (what: string, done: () => boolean) => until(what, done, { detail: () => JSON.stringify(task()) });
  return {
    engine,
    store,
    task,
    wait,
    attempt: (index = 0) => {
      const found = task().containers[index]?.attempt;
      assert.ok(found);
      return found;
    },
    accept(...containers: PayloadContainer[]) {
      void engine.accept(payload(containers, { networkMode: "host", executionRoleCredentials: credentials }));
    },
    async end() {
      engine.stop(taskArn);
      await wait("the task has stopped", () => isStopped(task()));
      await engine.remove(taskArn);
      await engine.forget(taskArn);
      assert.deepEqual(await runtime.containers.list(), []);
    },
  };
}

function docker(config: object, hostConfig: object = {}) {
  return { config: JSON.stringify(config), hostConfig: JSON.stringify(hostConfig), version: "1.25" };
}

const second = 1e9;
const skip = await skipUnless("docker");
const bench = openDocker("real-runtimes");
const images = { docker: () => bench.image(), process: () => "any" };

for (const kind of ["docker", "process"] as const) {
  describe(`engine over the ${kind} runtime`, { skip: kind === "docker" && skip, timeout: 240_000 }, () => {
    async function runtimeOf(t: TestContext): Promise<Runtime> {
      if (kind === "docker") return bench.runtime();
      const runtime = await openProcess(await freshDirectory());
      t.after(() => runtime[Symbol.asyncDispose]());
      return runtime;
    }
    const program = (name: string, script: string, change: Partial<PayloadContainer> = {}) =>
      container(name, { image: images[kind](), command: ["sh", "-c", script], ...change });

    test("a container is started again in its place until it ends too soon", async (t) => {
      const { accept, attempt, wait, task, end } = open(t, await runtimeOf(t));
      const restartPolicy = { enabled: true, ignoredExitCodes: [7], restartAttemptPeriod: 2 };
      accept(program("main", "sleep 2.3; exit 3", { restartPolicy }));
      await wait("it ran", () => attempt().startedAt !== undefined);
      const { runtimeId } = attempt();
      await wait("it was started again twice", () => (attempt().restarts?.count ?? 0) >= 2);
      assert.deepEqual([attempt().runtimeId, knownStatus(task())], [runtimeId, "RUNNING"]);
      await end();
    });

    test("an ignored exit code stops the task with it", async (t) => {
      const { accept, attempt, wait, task, end } = open(t, await runtimeOf(t));
      const restartPolicy = { enabled: true, ignoredExitCodes: [7], restartAttemptPeriod: 0 };
      accept(program("main", "exit 7", { restartPolicy }));
      await wait("the task has stopped", () => isStopped(task()));
      assert.deepEqual([attempt().exitCode, attempt().restarts], [7, undefined]);
      await end();
    });

    test("a container starts when another is healthy, and both are stopped in reverse order", async (t) => {
      const { accept, attempt, wait, task, engine, end } = open(t, await runtimeOf(t));
      const Healthcheck = {
        Test: ["CMD-SHELL", "test $(( $(date +%s) - START )) -ge 2"],
        ...{ Interval: second / 2, Timeout: 5 * second, Retries: 100 },
      };
      const environment = { START: String(Math.floor(Date.now() / 1000)) };
      const forever = "trap 'exit 0' TERM; while true; do sleep 0.1; done";
      accept(
        program("db", forever, { environment, dockerConfig: docker({ Healthcheck }), healthCheckType: "docker" }),
        program("app", forever, { dependsOn: [{ containerName: "db", condition: "HEALTHY" }] }),
      );
      await wait("db runs", () => attempt(0).startedAt !== undefined);
      await wait("both run", () => knownStatus(task()) === "RUNNING");
      assert.equal(attempt(0).health?.status, "HEALTHY");
      assert.ok((attempt(1).startedAt ?? 0) >= (attempt(0).health?.since ?? Number.POSITIVE_INFINITY));
      engine.stop(taskArn);
      await wait("the task has stopped", () => isStopped(task()));
      assert.ok((attempt(0).finishedAt ?? 0) >= (attempt(1).finishedAt ?? Number.POSITIVE_INFINITY));
      assert.deepEqual([attempt(0).exitCode, attempt(1).exitCode], [0, 0]);
      await end();
    });

    for (const [option, driver] of [
      ["max-size", "json-file"],
      ["splunk-format", "splunk"],
    ] as const) {
      test(`a secret that is a wrong ${option} of the log driver ${driver} is not quoted`, async (t) => {
        const { accept, attempt, wait, task, store, end } = open(t, await runtimeOf(t));
        const plain = driver === "splunk" ? { "splunk-url": "http://127.0.0.1:1", "splunk-token": "t" } : {};
        const secrets = [{ ...secret, name: option, type: "BOOTSTRAP", target: "LOG_DRIVER" }] as const;
        const dockerConfig = docker({}, { LogConfig: { Type: driver, Config: plain } });
        accept(program("main", "sleep 600", { secrets, dockerConfig }));
        await wait("the task has stopped", () => isStopped(task()));
        assert.match(
          attempt().reason ?? "",
          /^Cannot(Create|Start)ContainerError: .*logging driver|: invalid size: '\*\*\*'/,
        );
        assert.ok(!JSON.stringify([task(), store.tasks()]).includes(canary));
        await end();
      });
    }

    test("an image that is not there and a program that is not there have the reasons of AWS's agent", async (t) => {
      const { accept, attempt, wait, task, end } = open(t, await runtimeOf(t));
      const absent = container("main", { image: "127.0.0.1:1/absent:1", command: ["/absent"] });
      accept(kind === "docker" ? absent : program("main", "", { command: ["/absent"] }));
      await wait("the task has stopped", () => isStopped(task()));
      const expected =
        kind === "docker" ? /^CannotPullContainerError: Error response from daemon: / : /^CannotStartContainerError: /;
      assert.match(attempt().reason ?? "", expected);
      assert.equal(attempt().exitCode, undefined);
      await end();
    });
  });
}

describe("engine over Docker", { skip, timeout: 240_000 }, () => {
  const program = (script: string, change: Partial<PayloadContainer> = {}) =>
    container("main", { image: bench.image(), command: ["sh", "-c", script], ...change });

  test("a container that ends while no agent is there is started again by the next, and goes on over it", async (t) => {
    const first = open(t, bench.runtime());
    const restartPolicy = { enabled: true, ignoredExitCodes: [], restartAttemptPeriod: 1 };
    first.accept(program("sleep 2; exit 3", { restartPolicy }));
    await first.wait("it runs", () => first.attempt().status === "running");
    await first.engine[Symbol.asyncDispose]();
    const { runtimeId = "" } = first.attempt();
    await until(
      "it has ended",
      async () => (await bench.runtime().containers.inspect(runtimeId))?.status === "stopped",
    );
    const next = open(t, bench.runtime(), first.store);
    await next.engine.restore();
    await next.wait("it was started again", () => next.attempt().restarts?.lastAt !== undefined);
    assert.equal(next.attempt().runtimeId, runtimeId);
    await next.end();
  });

  test("a container whose child the kernel kills for its memory ends with that reason and its own exit code", async (t) => {
    const { accept, attempt, wait, task, end } = open(t, bench.runtime());
    accept(program("cat /dev/zero | head -c 200m | tail > /dev/null; sleep 1; exit 5", { memory: 24 }));
    await wait("the task has stopped", () => isStopped(task()));
    assert.deepEqual(
      [attempt().exitCode, attempt().reason],
      [5, "OutOfMemoryError: Container killed due to memory usage"],
    );
    await end();
  });
});
