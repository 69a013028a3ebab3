import assert from "node:assert/strict";
import { after, before } from "node:test";
import { until } from "../../../test/support/until.ts";
import type { ContainerSpec, ContainerState } from "../containers.ts";
import type { RuntimeEvent } from "../events.ts";
import type { Runtime } from "../runtime.ts";
import { type Program, programs, type Subject } from "./subject.contract.ts";

/** Tools that the tests of a contract share. */
export interface Bench {
  subject(): Subject;
  runtime(): Runtime;
  specOf(program: Program, change?: Partial<ContainerSpec>): ContainerSpec;
  /** Creates and starts a container and resolves to its id. */
  started(spec: ContainerSpec): Promise<string>;
  /** The container's state once its end was reported as an event. */
  ended(id: string): Promise<ContainerState>;
  /** Resolves when the program has written "ready". */
  ready(id: string): Promise<void>;
  listen(): Ear;
  openNamespace(): Promise<string>;
  /** A number that no other test has. */
  count(): number;
}

/** The events since it was made. */
export interface Ear extends Disposable {
  readonly heard: readonly RuntimeEvent[];
  /** Resolves to the first event for which `look` holds. */
  first(what: string, look: (event: RuntimeEvent) => boolean): Promise<RuntimeEvent>;
}

export function openBench(make: () => Promise<Subject>): Bench {
  let opened: Subject | undefined;
  let count = 0;
  before(async () => {
    opened = await make();
  });
  after(() => opened?.[Symbol.asyncDispose]());

  function subject(): Subject {
    assert.ok(opened);
    return opened;
  }

  function runtime(): Runtime {
    return subject().runtime;
  }

  /** Listens until it is disposed of. */
  function listen(): Ear {
    const heard: RuntimeEvent[] = [];
    const off = runtime().events((one) => heard.push(one));
    return {
      heard,
      first: (what, look) => until(what, () => heard.find(look), { detail: () => JSON.stringify(heard) }),
      [Symbol.dispose]: off,
    };
  }

  async function inspect(id: string): Promise<ContainerState> {
    const state = await runtime().containers.inspect(id);
    assert.ok(state);
    return state;
  }

  return {
    subject,
    runtime,
    listen,
    count: () => ++count,
    specOf(program, change = {}) {
      return {
        name: `contract-${process.pid}-${++count}`,
        image: subject().image,
        command: programs[program],
        environment: {},
        labels: {},
        ports: [],
        network: "none",
        log: { driver: "json-file", options: {} },
        ...change,
      };
    },
    async started(spec) {
      const id = await runtime().containers.create(spec);
      await runtime().containers.start(id);
      return id;
    },
    async ended(id) {
      using ear = listen();
      if ((await inspect(id)).status !== "stopped") {
        await ear.first(`container ${id} ends`, (event) => event.kind === "exit" && event.id === id);
      }
      return inspect(id);
    },
    async ready(id) {
      await until(`container ${id} is ready`, async () => (await subject().output(id)).includes("ready"));
    },
    async openNamespace() {
      const taskArn = `arn:aws:ecs:us-east-1:123456789012:task/default/${process.pid}${++count}`;
      const labels = { "com.example.task": "t" };
      const spec = { taskArn, hostname: `host-${count}`, address: subject().address, labels };
      const id = await runtime().networks.create(spec);
      await runtime().networks.open(id);
      return id;
    },
  };
}
