import assert from "node:assert/strict";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import type { TaskRunner } from "../../ecs/index.ts";
import { testRotations } from "./rotation.fixture.ts";

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

testRotations("Each attempt of a rotation has a task of its own, also of one that was given up", async (open) => {
  const { state, requests, tasks } = fakeRunner();
  await using setting = await open(tasks);
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
