import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { assertRefused } from "../../../../test/support/refused.ts";
import type { TaskRunner } from "../../ecs/index.ts";
import { openRotation } from "./rotation.fixture.ts";

const family = `arn:aws:ecs:${testRegion}:${testAccount}:task-definition/rotate`;
const role = `arn:aws:iam::${testAccount}:role/rotation`;

/** A runner whose family has a newest revision, if it has any. */
function fakeRunner() {
  const state: { revision: number | undefined } = { revision: undefined };
  const requests: Parameters<TaskRunner["run"]>[1][] = [];
  const tasks: TaskRunner = {
    async resolve(_call, reference) {
      const [, given] = /:(\d+)$/.exec(reference) ?? [];
      const isThere = state.revision !== undefined && Number(given ?? 0) <= state.revision;
      const arn = isThere ? `${family}:${given ?? state.revision}` : undefined;
      return { arn, access: isThere ? [{ action: "iam:PassRole", resource: role }] : [] };
    },
    async run(_call, request) {
      requests.push(request);
      return "The container failed";
    },
  };
  return { state, requests, tasks };
}

for (const kind of databases()) {
  test(`RotateSecret refuses a task definition that is not there (${kind.name})`, async () => {
    const { state, tasks } = fakeRunner();
    await using setting = await openRotation(kind, tasks);
    const { rotate, describe } = setting;
    const refusal = "The task definition in RotationLambdaARN does not exist or is inactive.";
    await assertRefused(rotate({ RotationLambdaARN: family }), "InvalidParameterException", refusal);
    state.revision = 1;
    await assertRefused(rotate({ RotationLambdaARN: `${family}:2` }), "InvalidParameterException", refusal);
    assert.equal((await describe()).RotationEnabled, undefined);
  });

  test(`RotateSecret keeps the revision whose roles its caller may pass (${kind.name})`, async () => {
    const { state, requests, tasks } = fakeRunner();
    await using setting = await openRotation(kind, tasks);
    const { asked, rotate, rotateDue, describe } = setting;
    state.revision = 1;
    await rotate({ RotationLambdaARN: family });
    assert.deepEqual(asked.at(-1), { action: "iam:PassRole", resource: role });
    assert.equal((await describe()).RotationLambdaARN, `${family}:1`);
    state.revision = 2;
    await rotateDue();
    assert.deepEqual(
      requests.map(({ taskDefinition }) => taskDefinition),
      [`${family}:1`],
    );
  });

  test(`RotateSecret may be refused for a role of the task definition alone (${kind.name})`, async () => {
    const { state, tasks } = fakeRunner();
    await using setting = await openRotation(kind, tasks);
    state.revision = 1;
    setting.authority.deny = ({ action }) => (action === "iam:PassRole" ? "You may not pass it" : undefined);
    await assertRefused(setting.rotate({ RotationLambdaARN: family }), "AccessDeniedException", /may not pass/);
  });

  test(`Each attempt of a rotation has a task of its own, also of one that was given up (${kind.name})`, async () => {
    const { state, requests, tasks } = fakeRunner();
    await using setting = await openRotation(kind, tasks);
    const { clock, rotate, rotateDue } = setting;
    state.revision = 1;
    const { VersionId } = await rotate({ RotationLambdaARN: family });
    for (let round = 0; round < 2; round++) {
      for (let attempt = 0; attempt < 6; attempt++) {
        await rotateDue();
        clock.advance(60 * 60_000);
      }
      await rotate({ RotationLambdaARN: family, ClientRequestToken: VersionId });
    }
    assert.equal(requests.length, 10);
    assert.equal(new Set(requests.map(({ clientToken }) => clientToken)).size, 10);
  });
}
