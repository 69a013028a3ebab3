import assert from "node:assert/strict";
import { PutSecretValueCommand, TagResourceCommand } from "@aws-sdk/client-secrets-manager";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { assertRefused } from "../../../../test/support/refused.ts";
import { fakeTimers } from "../../../concurrency/timers.ts";
import type { RotationFunction } from "./function.ts";
import { testRotation, testRotations } from "./rotation.fixture.ts";
import { steps } from "./rotation.ts";
import { rotator } from "./rotator.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const builtIn = `arn:aws:lambda:${testRegion}:${testAccount}:function:sealift-rotate-password`;

testRotation(
  "A failing step leaves AWSCURRENT and keeps AWSPENDING; the rotation is tried again and finishes",
  async (setting) => {
    const { clock, seen, state, reported, rotateDue, rotate, describe, value } = setting;
    const { VersionId } = await rotate();
    state.failAt = "testSecret";
    await rotateDue();
    assert.deepEqual(seen, ["createSecret", "setSecret", "testSecret"]);
    assert.deepEqual(reported, ["RotationStarted", "RotationFailed"]);
    assert.deepEqual([await value(), await value("AWSPENDING")], ["old", "new"]);
    assert.deepEqual((await describe()).VersionIdsToStages![VersionId!], ["AWSPENDING"]);
    assert.equal((await describe()).LastRotatedDate, undefined);
    await rotateDue();
    assert.equal(seen.length, 3, "not before its time");
    state.failAt = undefined;
    clock.advance(minute);
    await rotateDue();
    assert.deepEqual(seen.slice(3), [...steps]);
    assert.deepEqual([await value(), reported.at(-1)], ["new", "RotationSucceeded"]);
  },
);

testRotation("A rotation is given up after five attempts, and done when it is asked for again", async (setting) => {
  const { clock, state, reported, rotateDue, rotate, value } = setting;
  await rotate();
  state.failAt = "setSecret";
  for (let attempt = 0; attempt < 8; attempt++) {
    await rotateDue();
    clock.advance(day);
  }
  assert.deepEqual(reported, ["RotationStarted", ...Array(5).fill("RotationFailed"), "RotationAbandoned"]);
  state.failAt = undefined;
  const unfinished = "A previous rotation isn't complete. That rotation will be reattempted.";
  await assertRefused(rotate(), "InvalidRequestException", unfinished);
  await rotateDue();
  assert.equal(await value(), "new");
});

testRotation("A function that leaves AWSCURRENT where it was has not rotated", async (setting) => {
  const { state, reported, rotateDue, rotate, value } = setting;
  state.lazy = true;
  await rotate();
  await rotateDue();
  assert.deepEqual([reported.at(-1), await value()], ["RotationFailed", "old"]);
});

testRotations("A rotation goes on where another process was killed, whatever step it was at", async (open) => {
  for (const killedAt of steps) {
    await using setting = await open();
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
          // A killed process neither answers nor renews its lease.
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

testRotation("Of several processes one does each step", async (setting) => {
  const { seen, rotate, newRotator, value } = setting;
  await rotate();
  await Promise.all(Array.from({ length: 8 }, () => newRotator().rotateDue()));
  assert.deepEqual(seen, [...steps]);
  assert.equal(await value(), "new");
});

testRotation("A secret is rotated when its window begins, and again in the next", async (setting) => {
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

testRotation("The built-in function puts a new password under a key of the secret's JSON", async (setting) => {
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

testRotation(
  "The built-in function takes its options from tags, and replaces a text that is no JSON",
  async (setting) => {
    const { client, reported, rotate, rotateDue, value } = setting;
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
    assert.equal(reported.at(-1), "RotationFailed");
  },
);
