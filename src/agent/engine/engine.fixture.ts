import assert from "node:assert/strict";
import type { RoleCredentials } from "../../acs/protocol.ts";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import { randomIds } from "../../ids.ts";
import type { Containers } from "../../runtime/containers.ts";
import { type FakeRuntime, type FakeRuntimeOptions, fakeRuntime } from "../../runtime/fake.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { resources } from "../resources/index.ts";
import type { Resource } from "../resources/resource.ts";
import { fakeSecretSource } from "../secrets/fake-source.ts";
import type { EcrSource } from "../secrets/index.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import type { EndpointState, StateStore } from "./state.ts";
import { taskArn } from "./task.fixture.ts";
import type { AgentTask } from "./task.ts";
import { taskEngine } from "./task-engine.ts";

/** A state that is as durable as the test's process. */
export function memoryState() {
  const saved = new Map<string, AgentTask>();
  let instance: string | undefined;
  let endpoint: EndpointState | undefined;
  const state: StateStore = {
    instance: () => instance,
    async setInstance(arn) {
      instance = arn;
    },
    endpoint: () => endpoint,
    async setEndpoint(state) {
      endpoint = state;
    },
    tasks: () => [...saved.values()].map((task) => structuredClone(task)),
    async save(task) {
      saved.set(task.arn, structuredClone(task));
    },
    async delete(arn) {
      saved.delete(arn);
    },
  };
  return state;
}

export interface WorldOptions {
  readonly before?: FakeRuntimeOptions["before"];
  readonly program?: FakeRuntimeOptions["program"];
  readonly value?: () => string | Uint8Array | Promise<string>;
  /** The text of an object of S3. */
  readonly object?: (path: string) => string | Promise<string>;
  /** Replaces methods of the runtime's containers. */
  readonly containers?: (real: Containers) => Partial<Containers>;
  /** Stands between the engine and the runtime. */
  readonly wrap?: (runtime: Runtime) => Runtime;
  readonly resources?: readonly Resource[];
  readonly secretSource?: EngineOptions["secretSource"];
  /** Answers for a token of Amazon ECR; there is none unless given. */
  readonly ecrToken?: EcrSource["getToken"];
  readonly store?: StateStore;
}

/** An engine with everything around it, and all that it said. */
export interface World {
  readonly engine: Engine;
  readonly runtime: FakeRuntime;
  readonly store: StateStore;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly timers: ReturnType<typeof fakeTimers>;
  /** The states that the engine reported, in order. */
  readonly changes: readonly AgentTask[];
  readonly repeats: readonly string[];
  readonly retries: readonly string[];
  /** The sessions with which secrets and objects were read. */
  readonly sessions: readonly RoleCredentials[];
  /** How often each container's program was started, by the container's name. */
  readonly starts: ReadonlyMap<string, number>;
  task(): AgentTask;
  /** Lets time pass until `done`. */
  until(what: string, done: () => boolean | Promise<boolean>): Promise<void>;
  /** The engine dies without a word, as with a kill -9; another one begins over what it left. */
  killed(): Promise<World>;
}

export function openWorld(options: WorldOptions = {}): World {
  const clock = fakeClock();
  const runtime = fakeRuntime({
    clock,
    ids: randomIds,
    ...defined({ before: options.before, program: options.program }),
  });
  return worldOver(options, { clock, runtime, starts: new Map(), store: options.store ?? memoryState() });
}

interface Kept {
  readonly clock: ReturnType<typeof fakeClock>;
  readonly runtime: FakeRuntime;
  readonly starts: Map<string, number>;
  readonly store: StateStore;
}

function worldOver(options: WorldOptions, kept: Kept): World {
  const { clock, runtime, starts, store } = kept;
  const { value = () => "value", wrap = (same) => same } = options;
  const timers = fakeTimers();
  const changes: AgentTask[] = [];
  const repeats: string[] = [];
  const retries: string[] = [];
  const sessions: RoleCredentials[] = [];
  const life = new AbortController();

  const counting: Containers = {
    ...runtime.containers,
    async start(id) {
      await runtime.containers.start(id);
      const name = runtime.specs.get(id)?.labels["com.amazonaws.ecs.container-name"] ?? "";
      starts.set(name, (starts.get(name) ?? 0) + 1);
    },
  };
  const real = wrap({ ...runtime, containers: { ...counting, ...options.containers?.(counting) } });
  const engineOptions: EngineOptions = {
    runtime: { ...real, events: (listener) => real.events((event) => life.signal.aborted || listener(event)) },
    store: mortal(store, life.signal),
    resources: options.resources ?? resources,
    clock,
    timers,
    ids: randomIds,
    cluster: "default",
    region: "eu-west-1",
    runtimeWait: 60_000,
    retryDelay: 100,
    objectSource: (session) => ({
      async getObject({ bucket, key }) {
        sessions.push(session);
        return Buffer.from((await options.object?.(`${bucket}/${key}`)) ?? "");
      },
    }),
    ecrSource: (session) => ({
      getToken(...asked) {
        if (session) sessions.push(session);
        if (!options.ecrToken) throw new Error("no image here is Amazon ECR's");
        return options.ecrToken(...asked);
      },
    }),
    secretSource(session) {
      sessions.push(session);
      if (options.secretSource) return options.secretSource(session);
      return {
        ...fakeSecretSource(),
        async getSecretValue() {
          const given = await value();
          return typeof given === "string" ? { secretString: given } : { secretBinary: given };
        },
      };
    },
    onChange: (task) => changes.push(task),
    onRepeat: ({ arn }) => repeats.push(arn),
    onRetry: (_task, reason) => retries.push(reason),
    onStray() {},
  };
  const engine = taskEngine(engineOptions);

  async function pass(): Promise<void> {
    await idle();
    clock.advance(100);
    timers.advance(100);
  }

  return {
    ...{ engine, runtime, store, clock, timers, changes, repeats, retries, sessions, starts },
    task() {
      const found = engine.tasks().find(({ arn }) => arn === taskArn);
      assert.ok(found);
      return found;
    },
    async until(what, done) {
      for (let passed = 0; passed < 200; passed++) {
        if (await done()) return;
        await pass();
      }
      assert.fail(`it never came about that ${what}: ${JSON.stringify(engine.tasks())}`);
    },
    async killed() {
      life.abort();
      const next = worldOver(options, kept);
      for (let tries = 0; ; tries++) {
        try {
          await next.engine.restore();
          return next;
        } catch (error) {
          if (tries > 10) throw error;
        }
      }
    },
  };
}

/** Writes nothing once its process has died. */
function mortal(store: StateStore, death: AbortSignal): StateStore {
  const unlessDead = <T>(work: () => Promise<T>): Promise<T> => (death.aborted ? new Promise(() => {}) : work());
  return {
    ...store,
    save: (task) => unlessDead(() => store.save(task)),
    delete: (arn) => unlessDead(() => store.delete(arn)),
  };
}

/** Lets everything happen that waits for nothing but promises. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

/** The status of each container, and that of each namespace. */
export async function statuses({ containers }: Runtime): Promise<string[]> {
  return (await containers.list()).map(({ status, isNamespace }) => (isNamespace ? `namespace ${status}` : status));
}
