import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PayloadTask } from "../../acs/protocol.ts";
import type { World, WorldOptions } from "./engine.fixture.ts";
import { statuses } from "./engine.fixture.ts";
import { containerStatus, isStopped, knownStatus } from "./status.ts";
import { awsvpc, container, credentials, payload, secret, taskArn } from "./task.fixture.ts";
import type { AgentContainer, AgentTask } from "./task.ts";

const both = payload([container("main", { secrets: [secret] }), container("side", { essential: false })], {
  ...awsvpc(),
  executionRoleCredentials: credentials,
  roleCredentials: { ...credentials, credentialsId: "credentials-2" },
});

/** Every engine keeps these promises, over any runtime that does sooner or later what it is asked. */
export function engineContract(name: string, open: (options?: WorldOptions) => World): void {
  describe(`engine contract: ${name}`, { timeout: 120_000 }, () => {
    async function running(world: World, task: PayloadTask = both): Promise<void> {
      world.engine.accept(task);
      await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
    }

    async function stopped(world: World): Promise<void> {
      await world.until("the task has stopped", () => isStopped(world.task()));
    }

    async function removed(world: World): Promise<void> {
      await world.until("the task is removed", async () => {
        await world.engine.remove(taskArn).catch(() => {}); // the runtime is away
        return world.task().removedAt !== undefined;
      });
    }

    test("accept resolves when the task is on the disk, without its credentials", async () => {
      const { engine, store } = open();
      assert.equal(await engine.accept(both), true);
      const [saved] = store.tasks();
      assert.equal(saved?.arn, taskArn);
      const text = JSON.stringify(store.tasks());
      for (const part of [credentials.accessKeyId, credentials.secretAccessKey, credentials.sessionToken]) {
        assert.ok(!text.includes(part), part);
      }
    });

    test("accept throws for a malformed task and keeps nothing of it", async () => {
      const { engine, store } = open();
      const malformed = JSON.parse(JSON.stringify({ ...payload([]), containers: [{ name: "main" }] }));
      assert.throws(() => engine.accept(malformed), TypeError);
      assert.deepEqual([engine.tasks(), store.tasks()], [[], []]);
    });

    test("a task runs with its secrets, which were read as the execution role", async () => {
      const world = open({ value: () => "canary-value" });
      await running(world);
      const [main] = [...world.runtime.specs.values()].filter(({ image }) => image === "main-image");
      assert.equal(main?.environment.PASSWORD, "canary-value");
      assert.deepEqual(world.sessions, [credentials]);
      assert.ok(!JSON.stringify(world.store.tasks()).includes("canary-value"));
      assert.deepEqual([...world.starts.values()], [1, 1]);
    });

    test("every change is reported in order, forwards only, once it is on the disk", async () => {
      const world = open();
      await running(world);
      world.engine.stop(taskArn);
      await stopped(world);
      await world.engine.allStopped();
      assert.deepEqual(world.changes.at(-1), world.store.tasks()[0]);
      assertForward(world.changes);
    });

    test("a stop ends every container and every resource, and remove leaves nothing", async () => {
      const world = open();
      await running(world);
      world.engine.stop(taskArn);
      await stopped(world);
      assert.deepEqual(await statuses(world.runtime), ["stopped", "stopped"]);
      await removed(world);
      assert.deepEqual(await statuses(world.runtime), []);
    });

    test("a task that stopped is not run again when it is sent again, not even after its removal", async () => {
      const world = open({ program: () => ({ exitCode: 0 }) });
      world.engine.accept(both);
      await stopped(world);
      const before = [...world.starts];
      world.engine.accept(both);
      await removed(world);
      world.engine.accept(both);
      const after = await world.killed();
      after.engine.accept(both);
      await after.until("the engine is idle", () => after.repeats.length === 1);
      assert.deepEqual(world.repeats, [taskArn, taskArn]);
      assert.deepEqual([...world.starts], before);
      assert.deepEqual(await statuses(world.runtime), []);
    });

    test("a task that is forgotten is not known any more; one that was not removed is not forgotten", async () => {
      const world = open();
      await running(world);
      await world.engine.forget(taskArn);
      assert.equal(world.engine.tasks().length, 1);
      world.engine.stop(taskArn);
      await stopped(world);
      await removed(world);
      await world.engine.forget(taskArn);
      assert.deepEqual([world.engine.tasks(), world.store.tasks()], [[], []]);
    });

    test("remove leaves a task alone that has not stopped", async () => {
      const world = open();
      await running(world);
      await world.engine.remove(taskArn);
      assert.equal(knownStatus(world.task()), "RUNNING");
    });

    test("after a kill -9 another engine goes on with what runs, and starts nothing again", async () => {
      const world = open();
      await running(world);
      const before = await statuses(world.runtime);
      const next = await world.killed();
      next.engine.accept(both);
      await next.until("the task runs", () => knownStatus(next.task()) === "RUNNING");
      assert.deepEqual(await statuses(next.runtime), before);
      assert.deepEqual([...world.starts.values()], [1, 1]);
      next.engine.stop(taskArn);
      await stopped(next);
      assert.deepEqual(await statuses(world.runtime), ["stopped", "stopped"]);
    });

    test("after a kill -9 the end of a program that ended meanwhile is reported", async () => {
      const world = open();
      await running(world, payload([container("main")]));
      const id = world.task().containers[0]?.attempt.runtimeId ?? "";
      world.runtime.exit(id, 7);
      const next = await world.killed();
      await stopped(next);
      await next.engine.allStopped();
      assert.equal(next.changes.at(-1)?.containers[0]?.attempt.exitCode, 7);
      assert.deepEqual([...world.starts.values()], [1]);
    });

    test("what belongs to no task is deleted when an engine begins", async () => {
      let world = open();
      const spec = { image: "i", environment: {}, labels: {}, ports: [], network: "none" } as const;
      await world.runtime.containers.create({ name: "stray", ...spec });
      await world.runtime.networks.create({ taskArn: "none", hostname: "h", address: "10.1.0.9", labels: {} });
      // One that cannot be deleted now is deleted by the next.
      for (let tries = 0; tries < 10; tries++) world = await world.killed();
      assert.deepEqual(await statuses(world.runtime), []);
    });

    test("the task role's session is kept while the task lives, the execution role's until it has served", async () => {
      const world = open();
      const { engine } = world;
      await running(world);
      assert.equal(engine.credentials(taskArn, "TaskExecution"), undefined);
      assert.equal(engine.credentials(taskArn, "TaskApplication")?.credentialsId, "credentials-2");
      engine.refreshCredentials(taskArn, "TaskExecution", credentials);
      engine.refreshCredentials(taskArn, "TaskApplication", { ...credentials, credentialsId: "credentials-3" });
      assert.equal(engine.credentials(taskArn, "TaskExecution"), undefined);
      assert.equal(engine.credentials(taskArn, "TaskApplication")?.credentialsId, "credentials-3");
      const next = await world.killed();
      assert.equal(next.engine.credentials(taskArn, "TaskApplication"), undefined);
      next.engine.accept(both);
      assert.equal(next.engine.credentials(taskArn, "TaskApplication")?.credentialsId, "credentials-2");
      next.engine.stop(taskArn);
      await stopped(next);
      assert.equal(next.engine.credentials(taskArn, "TaskApplication"), undefined);
    });

    test("allStopped resolves when every task has stopped, and disposal leaves running ones alone", async () => {
      const world = open();
      await world.engine.allStopped();
      await running(world);
      const { runtime } = world;
      await world.engine[Symbol.asyncDispose]();
      assert.deepEqual((await statuses(runtime)).sort(), ["namespace running", "running", "running"]);
      assert.equal(world.store.tasks()[0]?.containers[0]?.attempt.status, "running");
    });
  });
}

const order = ["PENDING", "RUNNING", "STOPPED"];

/** Status only moves forward, and what has stopped stays as it is. */
export function assertForward(history: readonly AgentTask[]): void {
  for (const [index, task] of history.entries()) {
    const before = history[index - 1];
    if (!before) continue;
    assert.ok(order.indexOf(knownStatus(before)) <= order.indexOf(knownStatus(task)), "the task moved backwards");
    for (const [position, one] of task.containers.entries()) {
      const earlier: AgentContainer | undefined = before.containers[position];
      assert.ok(earlier);
      assert.ok(
        order.indexOf(containerStatus(earlier)) <= order.indexOf(containerStatus(one)),
        "a container moved backwards",
      );
      if (earlier.attempt.status === "stopped") assert.deepEqual(one, earlier, "a stopped container changed");
    }
    assert.ok(before.desired === "RUNNING" || task.desired === "STOPPED");
    assert.ok(before.reason === undefined || before.reason === task.reason);
  }
}
