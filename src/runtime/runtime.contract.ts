import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { ContainerSpec, ContainerState } from "./containers.ts";
import type { Runtime } from "./runtime.ts";
import type { RuntimeError } from "./runtime-error.ts";

/** A runtime to be tested, with what a test must know beside it. */
export interface Subject extends AsyncDisposable {
  readonly runtime: Runtime;
  /** An image with a shell, `od` and `readlink`. */
  readonly image: string;
  /** What makes `create` fail. */
  readonly uncreatable: Partial<ContainerSpec>;
  /** An address for the namespace of a test. */
  readonly address: string;
  /** The container's standard output so far. */
  output(id: string): Promise<string>;
}

/** The programs that the contract runs; adapters that run nothing act them out. */
export const programs = {
  "exits with 0": ["true"],
  "exits with 7": ["sh", "-c", "exit 7"],
  waits: ["sh", "-c", "trap 'exit 143' TERM; echo ready; while :; do sleep 1 & wait; done"],
  "ignores SIGTERM": ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"],
  "shows its environment": ["od", "-An", "-v", "-tx1", "/proc/self/environ"],
  "shows its network": ["readlink", "/proc/self/ns/net"],
  "is not there": ["/no/such/program"],
} as const satisfies Record<string, readonly string[]>;

const environment = {
  PLAIN: "value",
  EMPTY: "",
  EQUALS: "a=b==c=",
  QUOTES: `"double" 'single' \`back\` $HOME \${PATH} \\ %s !`,
  NEWLINES: "\nfirst\r\n\tsecond\n\n",
  SPACES: "  around  ",
  UNICODE: "grüße 🔑 日本 \u00a0\u200b",
  ADDRESS: "http://localhost:4566/key?a=b&c#d",
  LARGE: "0123456789abcdef".repeat(4096),
  JSON: '{"user":"a","password":"b\\n"}',
  "dotted.name-1": "x",
};

/** Names that a runtime may add to a container's environment. */
const added = ["PATH", "HOME", "HOSTNAME"];

/** What every runtime promises. `skip` says why it cannot be tried here. */
export function runtimeContract(
  name: string,
  make: () => Promise<Subject>,
  { skip = false }: { readonly skip?: string | false } = {},
) {
  describe(`runtime contract: ${name}`, { skip, timeout: 120_000 }, () => {
    let subject: Subject;
    let runtime: Runtime;
    let count = 0;
    before(async () => {
      subject = await make();
      runtime = subject.runtime;
    });
    after(() => subject?.[Symbol.asyncDispose]());

    function specOf(program: keyof typeof programs, change: Partial<ContainerSpec> = {}): ContainerSpec {
      return {
        name: `contract-${process.pid}-${++count}`,
        image: subject.image,
        command: programs[program],
        environment: {},
        labels: {},
        ports: [],
        network: "none",
        log: { driver: "json-file", options: {} },
        ...change,
      };
    }

    async function started(spec: ContainerSpec): Promise<string> {
      const id = await runtime.containers.create(spec);
      await runtime.containers.start(id);
      return id;
    }

    /** The container's state once it has ended, as the exit event reported. */
    async function ended(id: string): Promise<ContainerState> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const off = runtime.events(({ kind, id: ending }) => kind === "exit" && ending === id && resolve());
      if ((await runtime.containers.inspect(id))?.status !== "stopped") await promise;
      off();
      const state = await runtime.containers.inspect(id);
      assert.ok(state);
      return state;
    }

    async function ready(id: string): Promise<void> {
      while (!(await subject.output(id)).includes("ready")) await delay(10);
    }

    test("describe tells the machine's size and a subnet with its gateway", async () => {
      const machine = await runtime.describe();
      assert.ok(machine.cpu >= 1024 && machine.memory > 64, JSON.stringify(machine));
      assert.ok(machine.logDrivers.includes("json-file") && machine.logDrivers.includes("none"));
      assert.match(machine.subnet.cidr, /^\d+\.\d+\.\d+\.\d+\/\d+$/);
      assert.match(machine.subnet.gateway, /^\d+\.\d+\.\d+\.\d+$/);
    });

    test("pull resolves for an image that is there", async () => {
      await runtime.images.pull(subject.image);
    });

    test("create, start and the program's end move a container from created to stopped", async () => {
      const spec = specOf("exits with 0", { labels: { "com.example.a": "1" } });
      const id = await runtime.containers.create(spec);
      const created = await runtime.containers.inspect(id);
      assert.equal(created?.status, "created");
      assert.equal(created.name, spec.name);
      assert.equal(created.labels["com.example.a"], "1");
      assert.equal(created.isNamespace, false);
      assert.equal(created.exitCode, undefined);
      assert.ok(created.createdAt instanceof Date);
      await runtime.containers.start(id);
      const state = await ended(id);
      assert.equal(state.status, "stopped");
      assert.equal(state.exitCode, 0);
      assert.equal(state.error, undefined);
      assert.ok(state.startedAt instanceof Date && state.finishedAt instanceof Date);
    });

    test("inspect tells the program's exit code", async () => {
      assert.equal((await ended(await started(specOf("exits with 7")))).exitCode, 7);
    });

    test("the environment arrives byte for byte, with nothing of the runtime's own", async () => {
      const id = await started(specOf("shows its environment", { environment }));
      await ended(id);
      const bytes = Buffer.from((await subject.output(id)).replaceAll(/\s/g, ""), "hex").toString("utf8");
      const found = new Map(
        bytes.split("\0").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
      );
      for (const [name, value] of Object.entries(environment)) assert.equal(found.get(name), value, name);
      const others = [...found.keys()].filter(
        (name) => name !== "" && !Object.hasOwn(environment, name) && !added.includes(name),
      );
      assert.deepEqual(others, []);
    });

    test("an environment that no program can be given fails create without its value", async () => {
      for (const broken of [{ NUL: "hidden-value\0" }, { "": "hidden-value" }, { "A=B": "hidden-value" }]) {
        await assert.rejects(
          runtime.containers.create(specOf("waits", { environment: broken })),
          (error: RuntimeError) => {
            assert.equal(error.name, "CannotCreateContainerError");
            assert.ok(!error.message.includes("hidden-value"), error.message);
            return true;
          },
        );
      }
    });

    test("stop lets a program end by itself within the timeout", async () => {
      const id = await started(specOf("waits"));
      await ready(id);
      assert.equal((await runtime.containers.inspect(id))?.status, "running");
      await runtime.containers.stop(id, 60);
      const state = await runtime.containers.inspect(id);
      assert.equal(state?.status, "stopped");
      assert.equal(state.exitCode, 143);
    });

    test("stop kills a program that ignores the signal once the timeout is over", async () => {
      const id = await started(specOf("ignores SIGTERM"));
      await ready(id);
      await runtime.containers.stop(id, 1);
      assert.equal((await runtime.containers.inspect(id))?.exitCode, 137);
    });

    test("stop of a container that has ended, was never started or is not there is no error", async () => {
      const over = await started(specOf("exits with 7"));
      await ended(over);
      await runtime.containers.stop(over, 1);
      assert.equal((await runtime.containers.inspect(over))?.exitCode, 7);
      await runtime.containers.stop(await runtime.containers.create(specOf("waits")), 1);
      await runtime.containers.stop("0".repeat(64), 1);
    });

    test("remove deletes a container, running or not, and may be repeated", async () => {
      const running = await started(specOf("waits"));
      const created = await runtime.containers.create(specOf("waits"));
      for (const id of [running, created, running, created, "0".repeat(64)]) await runtime.containers.remove(id);
      assert.equal(await runtime.containers.inspect(running), undefined);
      assert.ok(!(await runtime.containers.list()).some(({ id }) => id === running || id === created));
    });

    test("events report every exit once, until they are turned off", async () => {
      const heard: string[] = [];
      const off = runtime.events(({ kind, id }) => kind === "exit" && heard.push(id));
      const first = await started(specOf("exits with 0"));
      const second = await started(specOf("exits with 7"));
      await Promise.all([ended(first), ended(second)]);
      off();
      const third = await started(specOf("exits with 0"));
      await ended(third);
      assert.deepEqual(
        heard.filter((id) => id === first || id === second || id === third).sort(),
        [first, second].sort(),
      );
    });

    test("list has every container and namespace, whatever its state", async () => {
      const namespace = await openNamespace();
      const created = await runtime.containers.create(specOf("waits"));
      const running = await started(specOf("waits"));
      const stopped = await started(specOf("exits with 0"));
      await ended(stopped);
      const found = new Map((await runtime.containers.list()).map((state) => [state.id, state]));
      assert.equal(found.get(created)?.status, "created");
      assert.equal(found.get(running)?.status, "running");
      assert.equal(found.get(stopped)?.status, "stopped");
      assert.equal(found.get(namespace)?.isNamespace, true);
      assert.equal(found.get(namespace)?.status, "running");
      assert.equal(found.get(namespace)?.labels["com.example.task"], "t");
      for (const id of [namespace, created, running]) await runtime.containers.remove(id);
      assert.equal(await runtime.containers.inspect(namespace), undefined);
    });

    test("containers of one namespace share its network", async () => {
      const namespace = await openNamespace();
      const outputs: string[] = [];
      for (let index = 0; index < 2; index++) {
        const id = await started(specOf("shows its network", { network: { namespace } }));
        assert.equal((await ended(id)).exitCode, 0);
        outputs.push((await subject.output(id)).trim());
        await runtime.containers.remove(id);
      }
      await runtime.containers.remove(namespace);
      assert.notEqual(outputs[0], "");
      assert.equal(outputs[0], outputs[1]);
    });

    const failures: [string, RegExp, () => Promise<unknown>][] = [
      [
        "create of what cannot be created",
        /^CannotCreateContainerError$/,
        () => runtime.containers.create(specOf("waits", subject.uncreatable)),
      ],
      ["create under a name that is taken", /^CannotCreateContainerError$/, () => createTwice()],
      ["start of a program that is not there", /^CannotStartContainerError$/, () => started(specOf("is not there"))],
      [
        "start of a container that is not there",
        /^CannotStartContainerError$/,
        () => runtime.containers.start("0".repeat(64)),
      ],
    ];
    for (const [what, errorName, work] of failures) {
      test(`${what} fails by name`, async () => {
        await assert.rejects(work(), (error: RuntimeError) => {
          assert.match(error.name, errorName);
          assert.notEqual(error.message, "");
          return true;
        });
      });
    }

    async function createTwice(): Promise<void> {
      const spec = specOf("waits");
      await runtime.containers.create(spec);
      await runtime.containers.create(spec);
    }

    function openNamespace(): Promise<string> {
      const taskArn = `arn:aws:ecs:us-east-1:123456789012:task/default/${process.pid}${++count}`;
      const { address } = subject;
      return runtime.networks.open({
        taskArn,
        hostname: `host-${count}`,
        address,
        labels: { "com.example.task": "t" },
      });
    }
  });
}
