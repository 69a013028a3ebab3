import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ListSecretsCommand,
  RotateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { assertRefused } from "../../../../test/support/refused.ts";
import type { TaskRunner } from "../../ecs/index.ts";
import { own, testRotation, testRotations } from "../rotation/rotation.fixture.ts";
import { steps } from "../rotation/rotation.ts";
import { assertNotOutrun, replaceSecret } from "../secrets-manager.fixture.ts";

testRotation("RotateSecret answers at once, and the four steps follow in their order", async (setting) => {
  const { clock, seen, reported, rotateDue, rotate, describe, value } = setting;
  const { VersionId, ARN, Name } = await rotate({ RotationRules: { AutomaticallyAfterDays: 30 } });
  assert.deepEqual([Name, ARN], ["s", (await describe()).ARN]);
  assert.deepEqual(seen, []);
  const begun = await describe();
  assert.deepEqual(begun.VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"], [VersionId!]: ["AWSPENDING"] });
  await assertRefused(value("AWSPENDING"), "ResourceNotFoundException");
  await rotateDue();
  assert.deepEqual(seen, [...steps]);
  assert.deepEqual(reported, ["RotationStarted", "RotationSucceeded"]);
  assert.deepEqual([await value(), await value("AWSPREVIOUS")], ["new", "old"]);
  const { RotationEnabled, RotationLambdaARN, RotationRules, LastRotatedDate, NextRotationDate } = await describe();
  assert.deepEqual(
    { RotationEnabled, RotationLambdaARN, RotationRules, LastRotatedDate, NextRotationDate },
    {
      ...{ RotationEnabled: true, RotationLambdaARN: own, RotationRules: { AutomaticallyAfterDays: 30 } },
      ...{ LastRotatedDate: clock.now(), NextRotationDate: new Date("2026-02-01T23:59:59Z") },
    },
  );
  const { SecretList } = await setting.client.send(new ListSecretsCommand({}));
  assert.deepEqual(SecretList![0]!.NextRotationDate, NextRotationDate);
  await rotateDue();
  assert.equal(seen.length, 4);
});

testRotation("RotateImmediately false tests the function and leaves nothing", async (setting) => {
  const { seen, reported, state, rotate, rotateDue, describe, value } = setting;
  const rules = { RotationRules: { ScheduleExpression: "cron(0 8 1 * ? *)" }, RotateImmediately: false };
  await rotate(rules);
  assert.equal(await value("AWSPENDING"), "old");
  await rotateDue();
  assert.deepEqual([seen, reported], [["testSecret"], ["TestRotationStarted", "TestRotationSucceeded"]]);
  const { VersionIdsToStages, RotationEnabled, NextRotationDate } = await describe();
  assert.deepEqual(VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"] });
  assert.deepEqual([RotationEnabled, NextRotationDate], [true, new Date("2026-02-01T23:59:59Z")]);
  state.failAt = "testSecret";
  await rotate(rules);
  await rotateDue();
  assert.deepEqual([reported.at(-1), await value()], ["TestRotationFailed", "old"]);
  assert.deepEqual((await describe()).VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"] });
});

testRotation("RotateSecret refuses what AWS refuses", async (setting) => {
  const { client, asked, rotate, describe } = setting;
  await assertRefused(
    client.send(new RotateSecretCommand({ SecretId: "s" })),
    "InvalidRequestException",
    "No Lambda rotation function ARN is associated with this secret.",
  );
  await assertRefused(rotate({ RotationLambdaARN: `${own}-other` }), "AccessDeniedException", /cannot invoke/);
  await assertRefused(rotate({ RotationLambdaARN: "http://169.254.169.254/" }), "AccessDeniedException");
  for (const RotationRules of [
    {},
    { AutomaticallyAfterDays: 1, ScheduleExpression: "rate(1 day)" },
    { ScheduleExpression: "rate(3 hours)" },
    { ScheduleExpression: "rate(0 days)" },
    { ScheduleExpression: "rate(1 week)" },
    { ScheduleExpression: "cron(0 */2 * * ? *)" },
    { ScheduleExpression: "cron(0 8 30 2 ? *)" },
    { ScheduleExpression: "cron(0 22 1 * ? *)", Duration: "3h" },
    { ScheduleExpression: "rate(4 hours)", Duration: "5h" },
  ]) {
    await assertRefused(rotate({ RotationRules }), "InvalidParameterException");
  }
  await assertRefused(rotate({ RotationRules: { AutomaticallyAfterDays: 1001 } }), "ValidationException");
  assert.equal((await describe()).RotationEnabled, undefined);
  await rotate();
  assert.deepEqual(asked.at(-1), { action: "lambda:InvokeFunction", resource: own });
});

testRotation("The same request once more begins nothing new", async (setting) => {
  const { seen, rotate, rotateDue } = setting;
  const ClientRequestToken = "t".repeat(32);
  await rotate({ ClientRequestToken });
  await rotate({ ClientRequestToken });
  await rotateDue();
  await rotate({ ClientRequestToken });
  await rotateDue();
  assert.equal(seen.length, 4);
});

const minute = 60_000;
const unfinished = "A previous rotation isn't complete. That rotation will be reattempted.";

testRotation("RotateSecret brings the next attempt of a rotation forward", async (setting) => {
  const { clock, seen, state, rotate, rotateDue, value } = setting;
  state.failAt = "setSecret";
  await rotate();
  await rotateDue();
  clock.advance(minute / 6);
  await rotateDue();
  assert.equal(seen.length, 2);
  state.failAt = undefined;
  await assertRefused(rotate(), "InvalidRequestException", unfinished);
  await rotateDue();
  assert.equal(await value(), "new");
});

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

testRotations("RotateSecret refuses a task definition that is not there", async (open) => {
  const { state, tasks } = fakeRunner();
  await using setting = await open(tasks);
  const { rotate, describe } = setting;
  const refusal = "The task definition in RotationLambdaARN does not exist or is inactive.";
  await assertRefused(rotate({ RotationLambdaARN: family }), "InvalidParameterException", refusal);
  state.revision = 1;
  await assertRefused(rotate({ RotationLambdaARN: `${family}:2` }), "InvalidParameterException", refusal);
  assert.equal((await describe()).RotationEnabled, undefined);
});

testRotations("RotateSecret keeps the revision whose roles its caller may pass", async (open) => {
  const { state, requests, tasks } = fakeRunner();
  await using setting = await open(tasks);
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

testRotations("RotateSecret may be refused for a role of the task definition alone", async (open) => {
  const { state, tasks } = fakeRunner();
  await using setting = await open(tasks);
  state.revision = 1;
  setting.authority.deny = ({ action }) => (action === "iam:PassRole" ? "You may not pass it" : undefined);
  await assertRefused(setting.rotate({ RotationLambdaARN: family }), "AccessDeniedException", /may not pass/);
});

testRotation("RotateSecret rotates the secret that was authorised, or is refused", async (setting) => {
  const { client, onceAuthorised, rotate, describe } = setting;
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
  const rotateDb = () => rotate({ SecretId: "db" });
  await assertNotOutrun(setting, "RotateSecret", rotateDb);
  onceAuthorised("secretsmanager:RotateSecret", () => replaceSecret(setting));
  await assertRefused(rotateDb(), "ResourceNotFoundException");
  const { RotationEnabled } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.equal(RotationEnabled, undefined);
  // Another function rotates the secret by now, which policies may ask about.
  onceAuthorised("lambda:InvokeFunction", () => rotate({ RotationLambdaARN: "sealift:rotate-password" }));
  await assertRefused(rotate(), "InvalidRequestException", /was changed while/);
  assert.equal((await describe()).RotationLambdaARN, "sealift:rotate-password");
});
