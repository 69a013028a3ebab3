import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testCall } from "../../../../test/support/in-process.ts";
import { executionRole, openEcs } from "../test-support.fixture.ts";
import { taskRunner } from "./run-to-end.ts";

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
