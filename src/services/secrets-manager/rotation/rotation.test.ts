import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CancelRotateSecretCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  TagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { assertRefused } from "../../../../test/support/refused.ts";
import { fakeTimers } from "../../../concurrency/timers.ts";
import type { RotationFunction } from "./function.ts";
import { openRotation, own } from "./rotation.fixture.ts";
import { steps } from "./rotation.ts";
import { rotator } from "./rotator.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const builtIn = `arn:aws:lambda:${testRegion}:${testAccount}:function:sealift-rotate-password`;

for (const kind of databases()) {
  test(`RotateSecret answers at once, and the four steps follow in their order (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { clock, seen, told, rotateDue, rotate, describe, value } = setting;
    const { VersionId, ARN, Name } = await rotate({ RotationRules: { AutomaticallyAfterDays: 30 } });
    assert.deepEqual([Name, ARN], ["s", (await describe()).ARN]);
    assert.deepEqual(seen, []);
    const begun = await describe();
    assert.deepEqual(begun.VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"], [VersionId!]: ["AWSPENDING"] });
    await assertRefused(value("AWSPENDING"), "ResourceNotFoundException");
    await rotateDue();
    assert.deepEqual(seen, [...steps]);
    assert.deepEqual(told, ["RotationStarted", "RotationSucceeded"]);
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

  test(`A failing step leaves AWSCURRENT and keeps AWSPENDING; the rotation is tried again and finishes (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { clock, seen, state, told, rotateDue, rotate, describe, value } = setting;
    const { VersionId } = await rotate();
    state.failAt = "testSecret";
    await rotateDue();
    assert.deepEqual(seen, ["createSecret", "setSecret", "testSecret"]);
    assert.deepEqual(told, ["RotationStarted", "RotationFailed"]);
    assert.deepEqual([await value(), await value("AWSPENDING")], ["old", "new"]);
    assert.deepEqual((await describe()).VersionIdsToStages![VersionId!], ["AWSPENDING"]);
    assert.equal((await describe()).LastRotatedDate, undefined);
    await rotateDue();
    assert.equal(seen.length, 3, "not before its time");
    state.failAt = undefined;
    clock.advance(minute);
    await rotateDue();
    assert.deepEqual(seen.slice(3), [...steps]);
    assert.deepEqual([await value(), told.at(-1)], ["new", "RotationSucceeded"]);
  });

  test(`A rotation is given up after five attempts, and done when it is asked for again (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { clock, state, told, rotateDue, rotate, value } = setting;
    await rotate();
    state.failAt = "setSecret";
    for (let attempt = 0; attempt < 8; attempt++) {
      await rotateDue();
      clock.advance(day);
    }
    assert.deepEqual(told, ["RotationStarted", ...Array(5).fill("RotationFailed"), "RotationAbandoned"]);
    state.failAt = undefined;
    const unfinished = "A previous rotation isn't complete. That rotation will be reattempted.";
    await assertRefused(rotate(), "InvalidRequestException", unfinished);
    await rotateDue();
    assert.equal(await value(), "new");
  });

  test(`A function that leaves AWSCURRENT where it was has not rotated (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { state, told, rotateDue, rotate, value } = setting;
    state.lazy = true;
    await rotate();
    await rotateDue();
    assert.deepEqual([told.at(-1), await value()], ["RotationFailed", "old"]);
  });

  test(`A rotation goes on where another process was killed, whatever step it was at (${kind.name})`, async () => {
    for (const killedAt of steps) {
      await using setting = await openRotation(kind);
      const { clock, context, seen, rotate, newRotator, rotateDue, value } = setting;
      await rotate();
      const killed = Promise.withResolvers<void>();
      const functions = {
        ...context.functions,
        find:
          (arn: string): RotationFunction =>
          async (event, ...rest) => {
            await context.functions.find(arn)!(event, ...rest);
            if (event.Step !== killedAt) return;
            killed.resolve();
            // What was killed neither answers nor renews its lease.
            await new Promise(() => {});
          },
      };
      const { events } = setting;
      const dying = rotator({
        ...{ context: { ...context, functions }, events, clock, timers: fakeTimers() },
        ...{ onError: assert.ifError, onEvent: () => {} },
      });
      void dying.rotateDue();
      await killed.promise;
      await rotateDue();
      assert.equal(seen.at(-1), killedAt, "nobody else may go on while the lease lasts");
      clock.advance(minute);
      await newRotator().rotateDue();
      assert.equal(await value(), "new", killedAt);
      assert.equal(seen.filter((step) => step === killedAt).length, 2);
    }
  });

  test(`Of several processes one does each step (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { seen, rotate, newRotator, value } = setting;
    await rotate();
    await Promise.all(Array.from({ length: 8 }, () => newRotator().rotateDue()));
    assert.deepEqual(seen, [...steps]);
    assert.equal(await value(), "new");
  });

  test(`A secret is rotated when its window begins, and again in the next (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { client, clock, seen, rotate, rotateDue, describe } = setting;
    await rotate({ RotationRules: { ScheduleExpression: "rate(10 days)", Duration: "3h" } });
    await rotateDue();
    assert.deepEqual((await describe()).NextRotationDate, new Date("2026-01-12T03:00:00Z"));
    clock.advance(9 * day);
    await rotateDue();
    assert.equal(seen.length, 4);
    clock.advance(day);
    await rotateDue();
    assert.equal(seen.length, 8);
    assert.deepEqual((await describe()).NextRotationDate, new Date("2026-01-22T03:00:00Z"));
    // A value that is put by hand counts as a rotation.
    clock.advance(5 * day);
    await client.send(new PutSecretValueCommand({ SecretId: "s", SecretString: "by hand" }));
    assert.deepEqual((await describe()).NextRotationDate, new Date("2026-01-27T03:00:00Z"));
  });

  test(`RotateImmediately false tests the function and leaves nothing (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { seen, told, state, rotate, rotateDue, describe, value } = setting;
    const rules = { RotationRules: { ScheduleExpression: "cron(0 8 1 * ? *)" }, RotateImmediately: false };
    await rotate(rules);
    assert.equal(await value("AWSPENDING"), "old");
    await rotateDue();
    assert.deepEqual([seen, told], [["testSecret"], ["TestRotationStarted", "TestRotationSucceeded"]]);
    const { VersionIdsToStages, RotationEnabled, NextRotationDate } = await describe();
    assert.deepEqual(VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"] });
    assert.deepEqual([RotationEnabled, NextRotationDate], [true, new Date("2026-02-01T23:59:59Z")]);
    state.failAt = "testSecret";
    await rotate(rules);
    await rotateDue();
    assert.deepEqual([told.at(-1), await value()], ["TestRotationFailed", "old"]);
    assert.deepEqual((await describe()).VersionIdsToStages, { ["o".repeat(32)]: ["AWSCURRENT"] });
  });

  test(`CancelRotateSecret ends it, and leaves the labels where they are (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { client, clock, seen, rotate, rotateDue, describe } = setting;
    const { VersionId } = await rotate({ RotationRules: { AutomaticallyAfterDays: 1 } });
    const canceled = await client.send(new CancelRotateSecretCommand({ SecretId: "s" }));
    assert.equal(canceled.VersionId, VersionId);
    clock.advance(3 * day);
    await rotateDue();
    assert.deepEqual(seen, []);
    const { RotationEnabled, RotationLambdaARN, NextRotationDate, VersionIdsToStages } = await describe();
    assert.deepEqual([RotationEnabled, RotationLambdaARN, NextRotationDate], [false, own, undefined]);
    assert.deepEqual(VersionIdsToStages![VersionId!], ["AWSPENDING"]);
    await assertRefused(rotate(), "InvalidRequestException", /previous rotation isn't complete/);
  });

  test(`RotateSecret refuses what AWS refuses (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
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

  test(`The same request once more begins nothing new (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { seen, rotate, rotateDue } = setting;
    const ClientRequestToken = "t".repeat(32);
    await rotate({ ClientRequestToken });
    await rotate({ ClientRequestToken });
    await rotateDue();
    await rotate({ ClientRequestToken });
    await rotateDue();
    assert.equal(seen.length, 4);
  });

  test(`The built-in function puts a new password under a key of the secret's JSON (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { client, asked, rotate, rotateDue, value } = setting;
    const before = { username: "app", password: "old", other: { a: 1 } };
    const put = (SecretString: string) => client.send(new PutSecretValueCommand({ SecretId: "s", SecretString }));
    await put(JSON.stringify(before));
    await rotate({ RotationLambdaARN: builtIn });
    assert.deepEqual(asked.at(-1), { action: "lambda:InvokeFunction", resource: builtIn });
    await rotateDue();
    const { password, ...rest } = JSON.parse((await value())!);
    assert.deepEqual(rest, { username: "app", other: { a: 1 } });
    assert.match(password, /^[^/@"'\\ ]{32}$/);
  });

  test(`The built-in function takes its options from tags, and replaces a text that is no JSON (${kind.name})`, async () => {
    await using setting = await openRotation(kind);
    const { client, told, rotate, rotateDue, value } = setting;
    const tag = (name: string, Value: string) => ({ Key: `sealift:rotate-password:${name}`, Value });
    await client.send(new TagResourceCommand({ SecretId: "s", Tags: [tag("key", "token"), tag("length", "12")] }));
    await rotate({ RotationLambdaARN: "sealift:rotate-password" });
    await rotateDue();
    assert.match((await value())!, /^.{12}$/);
    await client.send(new PutSecretValueCommand({ SecretId: "s", SecretString: '{"token":"x"}' }));
    await rotate({ RotationLambdaARN: builtIn });
    await rotateDue();
    assert.equal(JSON.parse((await value())!).token.length, 12);
    await client.send(new TagResourceCommand({ SecretId: "s", Tags: [tag("length", "many")] }));
    await rotate({ RotationLambdaARN: builtIn });
    await rotateDue();
    assert.equal(told.at(-1), "RotationFailed");
  });
}
