import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testCall } from "../../../../test/support/in-process.ts";
import { until } from "../../../../test/support/until.ts";
import { executionRole, openEcs, openPlain, startFakeAgent } from "../test-support.fixture.ts";
import { taskRunner } from "./run-to-end.ts";
import { stopNow } from "./state.ts";
import { storeTasks } from "./store-task.ts";
import { longestRun, lookInterval } from "./wait-for-end.ts";

test("taskRunner resolves a family to its newest active revision, with what running it needs", async () => {
  const { ecs, context, clock } = await openEcs();
  const container = { name: "app", image: "none", memory: 64 };
  const register = async (executionRoleArn?: string) => {
    const input = {
      family: "rotate",
      containerDefinitions: [container],
      ...(executionRoleArn && { executionRoleArn }),
    };
    return (await ecs.registerTaskDefinition(input)).taskDefinition!.taskDefinitionArn!;
  };
  const first = await register();
  const [, , , region, account] = first.split(":") as [string, string, string, string, string];
  const call = testCall(clock, { ...rootPrincipal, account }, region);
  const { resolve } = taskRunner({ context, authorize: async () => undefined, audit: async () => {} });
  const resolved = async (reference: string) => {
    const { arn, access } = await resolve(call, reference);
    return [arn, access.map(({ action, resource }) => `${action} ${resource}`)];
  };
  const family = first.slice(0, -2);
  assert.deepEqual(await resolved(family), [first, [`ecs:RunTask ${first}`]]);
  const second = await register(executionRole);
  const passing = [`ecs:RunTask ${second}`, `iam:PassRole ${executionRole}`];
  assert.deepEqual(await resolved(family), [second, passing]);
  assert.deepEqual(await resolved(first), [first, [`ecs:RunTask ${first}`]]);
  await ecs.deregisterTaskDefinition({ taskDefinition: second });
  assert.deepEqual(await resolved(second), [undefined, passing]);
  assert.deepEqual((await resolved(family))[0], first);
  assert.deepEqual((await resolved(`${family}:9`))[0], undefined);
  assert.deepEqual((await resolved(first.replace(account, "999999999999")))[0], undefined);
});

async function openRunner() {
  const own = await openPlain();
  const agent = await startFakeAgent(own);
  const call = testCall(own.clock, rootPrincipal);
  const { context } = own;
  const denied: string[] = [];
  const runner = taskRunner({
    context,
    authorize: async (_call, { action }) => (denied.includes(action) ? "denied" : undefined),
    audit: async () => {},
  });
  const run = (clientToken: string, taskDefinition = "plain:1") =>
    runner.run(call, { taskDefinition, environment: { EVENT: "{}" }, clientToken });
  /** The task of the run that began last, once it is there. */
  const started = () => until("a task starts", async () => (await own.ecs.listTasks({})).taskArns![0], { seconds: 5 });
  const end = (task: string, exitCode: number) =>
    agent.tell(task, "STOPPED", { containers: [{ containerName: "app", status: "STOPPED", exitCode }] });
  return { own, agent, denied, run, started, end };
}

test("a task that is run for its end is waited for by its wake, and its containers' exit codes tell how it ended", async () => {
  const { own, run, started, end } = await openRunner();
  await using _ = own;
  const good = run("one");
  const task = await started();
  const variables = (await own.context.store.tasks.find(task))!.overrides.containerOverrides![0]!.environment;
  assert.deepEqual(variables, [{ name: "EVENT", value: "{}" }]);
  const again = run("one");
  await end(task, 0);
  assert.deepEqual([await good, await again], [undefined, undefined]);
  const bad = run("two");
  await end(await started(), 3);
  assert.equal(await bad, "The container app exited with 3");
  assert.deepEqual(own.timers.pending(), [], "nothing waits any more");
});

test("a task whose wake was lost is found by the next look, and one that never ends is given up", async () => {
  const { own, run, started } = await openRunner();
  await using _ = own;
  const { store } = own.context;
  const lost = run("one");
  const before = (await store.tasks.find(await started()))!;
  const after = stopNow(before, { at: 1, code: "TerminationNotice", reason: "gone" });
  await store.transaction((records) => storeTasks(records, [{ before, after }]));
  own.timers.fire(lookInterval);
  assert.equal(await lost, "The task stopped (TerminationNotice)");
  const endless = run("two");
  await started();
  await until("the wait begins", () => own.timers.pending().includes(longestRun), { seconds: 5 });
  own.timers.advance(longestRun);
  assert.equal(await endless, "The task did not end in time");
});

test("a task that is run for its end is refused as RunTask refuses it", async () => {
  const { own, agent, denied, run } = await openRunner();
  await using _ = own;
  assert.equal(await run("one", "plain:9"), "The task definition is not there");
  denied.push("ecs:RunTask");
  assert.equal(await run("one"), "The task was not placed: RunTask refused it");
  denied.length = 0;
  await agent.disconnect();
  assert.equal(await run("one"), "The task was not placed: AGENT");
});
