import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PayloadContainer } from "../acs/protocol.ts";
import { fakeClock } from "../clock.ts";
import { randomIds } from "../ids.ts";
import { fakeRuntime } from "../runtime/fake.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { RuntimeError } from "../runtime/runtime-error.ts";
import { taskEngine } from "./engine.ts";
import { fakeSecretSource } from "./secrets/fake-source.ts";
import { awsvpc, container, credentials, payload, secret, taskArn } from "./task.fixture.ts";
import { type AgentContainer, type AgentTask, containerStatus, isStopped, knownStatus } from "./task.ts";

const names = ["a", "b", "c"];

const containers = fc
  .array(
    fc.record({
      essential: fc.boolean(),
      secret: fc.boolean(),
      /** On an earlier container, if there is one. */
      condition: fc.option(fc.constantFrom("START", "COMPLETE", "SUCCESS", "HEALTHY"), { nil: undefined }),
      on: fc.nat(1),
      exitCode: fc.option(fc.constantFrom(0, 1), { nil: undefined }),
    }),
    { minLength: 1, maxLength: names.length },
  )
  .map((all) => all.map((one, index) => ({ ...one, name: names[index]!, on: Math.min(one.on, index - 1) })));

const methods = ["pull", "openNamespace", "create", "start", "stop", "inspect", "remove"] as const;

/** The outcomes of the calls of each method, in order, for as long as there are some; then all is well. */
const outcomes = fc.record(
  Object.fromEntries(
    methods.map((name) => [name, fc.array(fc.constantFrom("well", "fails", "fails afterwards"), { maxLength: 3 })]),
  ),
) as fc.Arbitrary<Record<(typeof methods)[number], string[]>>;

const scenario = fc.record({
  containers,
  vpc: fc.boolean(),
  fargate: fc.boolean(),
  denied: fc.boolean(),
  outcomes,
  /** Running containers that end by themselves, by number, and "stop". */
  happenings: fc.array(fc.constantFrom(0, 1, 2, "stop" as const), { maxLength: 4 }),
});

test("engine: whatever happens in whatever order, status moves forward and nothing is left when the task has stopped", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), scenario, async (scheduler, given) => {
      const clock = fakeClock();
      const fake = fakeRuntime({
        clock,
        ids: randomIds,
        program({ image }) {
          const exitCode = given.containers.find(({ name }) => image === `${name}-image`)?.exitCode;
          return exitCode === undefined ? "runs" : { exitCode };
        },
      });
      const left = structuredClone(given.outcomes);
      const unreliable =
        <Input extends unknown[], Output>(name: (typeof methods)[number], work: (...input: Input) => Promise<Output>) =>
        async (...input: Input): Promise<Output> => {
          const outcome = left[name].shift();
          const fail = () => {
            throw new RuntimeError("FakeError", outcome ?? "");
          };
          await scheduler.schedule(Promise.resolve(), `${name} begins`);
          // What creates something and fails must not have created it: that is for `strays` at the next start.
          if (outcome === "fails" || (outcome && outcome !== "well" && (name === "create" || name === "openNamespace")))
            fail();
          const output = await work(...input);
          await scheduler.schedule(Promise.resolve(), `${name} answers`);
          if (outcome === "fails afterwards") fail();
          return output;
        };
      const runtime: Runtime = {
        ...fake,
        images: { pull: unreliable("pull", fake.images.pull) },
        networks: { open: unreliable("openNamespace", fake.networks.open) },
        containers: {
          create: unreliable("create", fake.containers.create),
          start: unreliable("start", fake.containers.start),
          stop: unreliable("stop", fake.containers.stop),
          inspect: unreliable("inspect", fake.containers.inspect),
          remove: unreliable("remove", fake.containers.remove),
          list: fake.containers.list,
        },
      };
      const history: AgentTask[] = [];
      const engine = taskEngine({
        runtime,
        clock,
        ids: randomIds,
        timers: {
          after(milliseconds, work) {
            let cancelled = false;
            void scheduler.schedule(Promise.resolve(), `timer of ${milliseconds}`).then(() => cancelled || work());
            return () => {
              cancelled = true;
            };
          },
          every: () => () => {},
        },
        cluster: "default",
        region: "eu-west-1",
        secretSource: () => ({
          ...fakeSecretSource(),
          async getSecretValue() {
            await scheduler.schedule(Promise.resolve(), "secret");
            if (given.denied) throw new Error("denied");
            return { secretString: "value" };
          },
          async [Symbol.asyncDispose]() {},
        }),
        onChange: (task) => history.push(task),
        onRetry() {},
        retryDelay: 1,
      });

      const sent: PayloadContainer[] = given.containers.map(({ name, essential, secret: has, condition, on }) =>
        container(name, {
          essential,
          secrets: has ? [secret] : [],
          ...(condition && on >= 0 && { dependsOn: [{ containerName: names[on]!, condition }] }),
        }),
      );
      engine.accept(
        payload(sent, {
          launchType: given.fargate ? "FARGATE" : "EC2",
          executionRoleCredentials: credentials,
          ...(given.vpc && awsvpc()),
        }),
      );
      for (const happening of given.happenings) {
        void scheduler.schedule(Promise.resolve(), String(happening)).then(() => {
          if (happening === "stop") return engine.stop(taskArn);
          const ids = [...fake.specs.keys()];
          const id = ids[happening];
          // Throws if it does not run.
          try {
            if (id !== undefined) fake.exit(id, 5);
          } catch {}
        });
      }
      await scheduler.waitIdle();
      engine.stop(taskArn);
      await scheduler.waitIdle();

      const [task] = engine.tasks();
      assert.ok(task && isStopped(task), JSON.stringify(task));
      const running = (await fake.containers.list()).filter(
        ({ status, isNamespace }) => status === "running" || isNamespace,
      );
      assert.deepEqual(running, []);
      checkHistory(history);
      left.remove = [];
      const removed = engine.remove(taskArn);
      await scheduler.waitIdle();
      await removed;
      assert.deepEqual(await fake.containers.list(), []);
    }),
    { numRuns: 1000 },
  );
});

const order = ["PENDING", "RUNNING", "STOPPED"];

function checkHistory(history: readonly AgentTask[]): void {
  for (const [index, task] of history.entries()) {
    const before = history[index - 1];
    if (!before) continue;
    assert.ok(order.indexOf(knownStatus(before)) <= order.indexOf(knownStatus(task)), "the task moved backwards");
    for (const [position, one] of task.containers.entries()) {
      const earlier: AgentContainer = before.containers[position]!;
      assert.ok(
        order.indexOf(containerStatus(earlier)) <= order.indexOf(containerStatus(one)),
        "a container moved backwards",
      );
      if (earlier.status === "stopped") assert.deepEqual(one, earlier, "a stopped container changed");
    }
    assert.ok(before.desired === "RUNNING" || task.desired === "STOPPED");
    assert.ok(before.reason === undefined || before.reason === task.reason);
  }
  const last = history.at(-1);
  assert.equal(last?.stoppedAt !== undefined, true);
}
