import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PayloadContainer, PayloadTask } from "../../acs/protocol.ts";
import { fakeClock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import type { ContainerState } from "../../runtime/containers.ts";
import { fakeRuntime } from "../../runtime/fake.ts";
import { identityOf } from "../../runtime/identity.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { RuntimeError, RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { reporter } from "../link/report.ts";
import { resources } from "../resources/index.ts";
import { fakeSecretSource } from "../secrets/fake-source.ts";
import { assertForward } from "./engine.contract.ts";
import { memoryState } from "./engine.fixture.ts";
import type { StateStore } from "./state.ts";
import { isStopped } from "./status.ts";
import { awsvpc, container, credentials, payload, secret, taskArn } from "./task.fixture.ts";
import type { AgentTask } from "./task.ts";
import { taskEngine } from "./task-engine.ts";

const names = ["a", "b", "c"];

const containers = fc
  .array(
    fc.record({
      essential: fc.boolean(),
      secret: fc.boolean(),
      files: fc.boolean(),
      environmentFile: fc.boolean(),
      isPrivate: fc.boolean(),
      /** On an earlier container, if there is one. */
      condition: fc.option(fc.constantFrom("START", "COMPLETE", "SUCCESS", "HEALTHY"), { nil: undefined }),
      on: fc.nat(1),
      exitCode: fc.option(fc.constantFrom(0, 1), { nil: undefined }),
    }),
    { minLength: 1, maxLength: names.length },
  )
  .map((all) => all.map((one, index) => ({ ...one, name: names[index] ?? "", on: Math.min(one.on, index - 1) })));

const methods = [
  "pull",
  "createNamespace",
  "openNamespace",
  "openStore",
  "create",
  "start",
  "stop",
  "inspect",
  "remove",
  "list",
  "save",
] as const;
type Method = (typeof methods)[number];

const outcome = fc.oneof(
  { weight: 6, arbitrary: fc.constant("well") },
  { weight: 1, arbitrary: fc.constantFrom("fails", "fails afterwards") },
  { weight: 2, arbitrary: fc.constantFrom("is away", "is away unheard or not", "is away afterwards") },
);

/** The outcomes of the calls of each method, in order, for as long as there are some; then all is well. */
const outcomes = fc.record(
  Object.fromEntries(methods.map((name) => [name, fc.array(outcome, { maxLength: 3 })])),
) as fc.Arbitrary<Record<Method, string[]>>;

/** How many steps there are before something happens. */
const steps = fc.noBias(fc.nat(30));

const scenario = fc.record({
  containers,
  vpc: fc.boolean(),
  fargate: fc.boolean(),
  denied: fc.boolean(),
  outcomes,
  /** Running containers that end by themselves, by number, and "stop". */
  happenings: fc.array(fc.record({ after: steps, what: fc.constantFrom(0, 1, 2, "stop" as const) }), { maxLength: 4 }),
  /** Kills of the agent's process; whether a call that was under way is done by the runtime nonetheless; whether programs die, too. */
  kills: fc.array(fc.record({ after: steps, isDone: fc.boolean(), takesPrograms: fc.boolean() }), { maxLength: 3 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** All that outlives the agent's process. */
function machine(given: Scenario, scheduler: fc.Scheduler) {
  const clock = fakeClock();
  const fake = fakeRuntime({
    clock,
    ids: randomIds,
    program({ image }) {
      const exitCode = given.containers.find(({ name }) => image === `${name}-image`)?.exitCode;
      return exitCode === undefined ? "runs" : { exitCode };
    },
  });
  return {
    clock,
    fake,
    store: memoryState(),
    left: structuredClone(given.outcomes),
    starts: new Map<string, number>(),
    /** Containers that a runtime which died with the agent cannot start any more. */
    lost: new Set<string>(),
    told: new Map<string, string>(),
    /** What happens before each step. */
    onStep: new Set<() => void>(),
    schedule(what: string): Promise<void> {
      for (const happen of [...this.onStep]) happen();
      return scheduler.schedule(Promise.resolve(), what);
    },
  };
}

type Machine = ReturnType<typeof machine>;

/** One process of the agent: its engine and its reporter. */
function agentProcess(given: Scenario, world: Machine) {
  const { clock, fake, store, left, starts, lost, told } = world;
  const schedule = (what: string) => world.schedule(what);
  const never = new Promise<never>(() => {});
  const life = { isOver: false, isDone: false };
  /** Starts that the runtime has been asked for and has not begun. */
  const starting = new Set<() => Promise<unknown>>();

  function unreliable<Input extends unknown[], Output>(name: Method, work: (...input: Input) => Promise<Output>) {
    return async (...input: Input): Promise<Output> => {
      if (life.isOver) return never;
      const outcome = left[name].shift() ?? "well";
      const fail = () => {
        if (name === "save") throw new Error(outcome);
        throw outcome.startsWith("is away")
          ? new RuntimeUnavailableError("FakeError", outcome, { isUnheard: outcome === "is away" })
          : new RuntimeError("FakeError", outcome);
      };
      const late = () => work(...input);
      if (name === "start") starting.add(late);
      await schedule(`${name} begins`);
      starting.delete(late);
      // What the runtime was asked for may be done later, when the next process has begun; a start is done by then or never.
      if (life.isOver && (!life.isDone || name === "start")) return never;
      if (outcome !== "well" && !outcome.endsWith("afterwards")) fail();
      const output = await work(...input);
      await schedule(`${name} answers`);
      if (life.isOver) return never;
      if (outcome.endsWith("afterwards")) fail();
      return output;
    };
  }

  async function start(id: string): Promise<void> {
    if (lost.has(id)) throw new RuntimeError("CannotStartContainerError", "No such container");
    await fake.containers.start(id);
    const { container: name } = identityOf(fake.specs.get(id)?.labels ?? {}) ?? {};
    starts.set(name ?? "", (starts.get(name ?? "") ?? 0) + 1);
  }

  function seen(state: ContainerState): ContainerState {
    return lost.has(state.id) && state.status === "created" ? { ...state, status: "stopped" } : state;
  }

  const runtime: Runtime = {
    ...fake,
    images: { pull: unreliable("pull", fake.images.pull) },
    networks: {
      create: unreliable("createNamespace", fake.networks.create),
      open: unreliable("openNamespace", fake.networks.open),
    },
    fileStores: { ...fake.fileStores, open: unreliable("openStore", fake.fileStores.open) },
    containers: {
      ...fake.containers,
      create: unreliable("create", fake.containers.create),
      start: unreliable("start", start),
      stop: unreliable("stop", fake.containers.stop),
      inspect: unreliable("inspect", async (id) => {
        const state = await fake.containers.inspect(id);
        return state && seen(state);
      }),
      remove: unreliable("remove", fake.containers.remove),
      list: unreliable("list", async () => (await fake.containers.list()).map(seen)),
    },
    events: (listener) => fake.events((event) => life.isOver || listener(event)),
  };
  const state: StateStore = {
    ...store,
    save: unreliable("save", store.save),
    delete: unreliable("save", store.delete),
  };
  const timers: Timers = {
    after(milliseconds, work) {
      // Nothing takes as long as what an Engine that stands still is given up after.
      if (milliseconds >= 60_000) return () => {};
      let isCancelled = false;
      void schedule(`timer of ${milliseconds}`).then(() => isCancelled || life.isOver || work());
      return () => {
        isCancelled = true;
      };
    },
    every: () => () => {},
  };
  const history: AgentTask[] = [];
  const reports = reporter({
    controlPlane: {
      async submit({ task = "", status = "" }) {
        await schedule("submit");
        if (life.isOver) return never;
        told.set(task, status);
      },
    },
    cluster: "default",
    timers,
    onFailure() {},
    onReported() {},
    minimumDelay: 1,
    maximumDelay: 1,
  });
  const engine = taskEngine({
    runtime,
    store: state,
    resources,
    clock,
    ids: randomIds,
    timers,
    cluster: "default",
    region: "eu-west-1",
    objectSource: () => ({
      async getObject() {
        await schedule("object");
        if (life.isOver) return never;
        if (given.denied) throw new Error("denied");
        return Buffer.from("A=b");
      },
    }),
    ecrSource() {
      throw new Error("no image here is Amazon ECR's");
    },
    secretSource: () => ({
      ...fakeSecretSource(),
      async getSecretValue() {
        await schedule("secret");
        if (life.isOver) return never;
        if (given.denied) throw new Error("denied");
        return { secretString: '{"username":"name","password":"value"}' };
      },
    }),
    onChange(task) {
      history.push(task);
      reports.report(task);
    },
    onRepeat: reports.repeat,
    onRetry() {},
    onStray() {},
    retryDelay: 1,
    runtimeWait: 60_000,
  });

  return {
    engine,
    history,
    async kill(isDone: boolean): Promise<void> {
      Object.assign(life, { isOver: true, isDone });
      if (isDone) await Promise.allSettled([...starting].map((late) => late()));
    },
    async restore(): Promise<void> {
      // As who starts the agent does.
      for (let tries = 0; !life.isOver; tries++) {
        try {
          return await engine.restore();
        } catch (error) {
          if (tries > 10) throw error;
        }
      }
    },
  };
}

const labels = { Labels: { "sealift.secrets.files": "/run/secrets" } };
const asFiles = { config: JSON.stringify(labels), hostConfig: "{}", version: "1.25" };

const asmAuthData = { credentialsParameter: "registry", region: "eu-west-1" };
const registryAuthentication = { type: "asm", asmAuthData } as const;

function sentBy(given: Scenario): PayloadTask {
  const all: PayloadContainer[] = given.containers.map(
    ({ name, essential, secret: has, files, environmentFile, isPrivate, condition, on }) =>
      container(name, {
        essential,
        secrets: has ? [secret] : [],
        ...(files && { dockerConfig: asFiles }),
        ...(environmentFile && { environmentFiles: [{ value: "arn:aws:s3:::bucket/key.env", type: "s3" }] }),
        ...(isPrivate && { registryAuthentication }),
        ...(condition && on >= 0 && { dependsOn: [{ containerName: names[on] ?? "", condition }] }),
      }),
  );
  return payload(all, {
    launchType: given.fargate ? "FARGATE" : "EC2",
    executionRoleCredentials: credentials,
    ...(given.vpc && awsvpc()),
  });
}

test("engine: whatever happens in whatever order, and whenever it is killed, no program runs twice and nothing is left", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), scenario, async (scheduler, given) => {
      const world = machine(given, scheduler);
      const sent = sentBy(given);
      const histories: (readonly AgentTask[])[] = [];
      let isStopWanted = false;

      function begin() {
        const next = agentProcess(given, world);
        histories.push(next.history);
        void next.restore().then(() => send(next));
        return next;
      }

      /** The control plane sends again what has not ended. */
      function send({ engine }: ReturnType<typeof agentProcess>): void {
        if (world.told.get(taskArn) === "STOPPED") return;
        void engine.accept({ ...sent, desiredStatus: isStopWanted ? "STOPPED" : "RUNNING" });
      }

      async function kill({ isDone, takesPrograms }: Scenario["kills"][number]): Promise<void> {
        await current.kill(isDone);
        if (takesPrograms) {
          for (const { id, status } of await world.fake.containers.list()) {
            if (status === "created") world.lost.add(id);
            if (status === "running") world.fake.exit(id, 137);
          }
        }
        current = begin();
      }

      /** Does `work` after so many steps. */
      function after(steps: number, work: () => void): void {
        let left = steps;
        const step = () => {
          if (left-- > 0) return;
          world.onStep.delete(step);
          queueMicrotask(work);
        };
        world.onStep.add(step);
      }

      function happen(what: Scenario["happenings"][number]["what"]): void {
        if (what === "stop") {
          isStopWanted = true;
          return current.engine.stop(taskArn);
        }
        const id = [...world.fake.specs.keys()][what];
        // Throws if it does not run.
        try {
          if (id !== undefined) world.fake.exit(id, 5);
        } catch {}
      }

      function killNext([next, ...others]: Scenario["kills"]): void {
        if (next) after(next.after, () => void kill(next).then(() => killNext(others)));
      }

      let current = begin();
      for (const { after: steps, what } of given.happenings) after(steps, () => happen(what));
      killNext(given.kills);
      await scheduler.waitIdle();
      isStopWanted = true;
      send(current);
      await scheduler.waitIdle();
      world.onStep.clear();

      const [task] = current.engine.tasks();
      if (task) {
        assert.ok(isStopped(task), JSON.stringify(task));
        assert.notEqual(task.stoppedAt, undefined);
        Object.assign(world.left, { remove: [], list: [], save: [] });
        const removed = current.engine.remove(taskArn);
        await scheduler.waitIdle();
        await removed;
        const forgotten = current.engine.forget(taskArn);
        await scheduler.waitIdle();
        await forgotten;
      }
      assert.equal(world.told.get(taskArn), "STOPPED");
      assert.deepEqual(await world.fake.containers.list(), []);
      assert.deepEqual(world.store.tasks(), []);
      for (const [name, count] of world.starts) assert.equal(count, 1, `${name} ran ${count} times`);
      for (const history of histories) assertForward(history);
    }),
    { numRuns: 500 },
  );
});
