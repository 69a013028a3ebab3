import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  type RotateSecretCommandInput,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { fakeTimers } from "../../../concurrency/timers.ts";
import type { TaskRunner } from "../../ecs/index.ts";
import { noTasks, openSecretsManager } from "../secrets-manager.fixture.ts";
import type { RotationFunction, RotationFunctions } from "./function.ts";
import { rotationFunctions } from "./functions.ts";
import { RotationFailure, type Step } from "./rotation.ts";
import { rotator } from "./rotator.ts";

export const own = `arn:aws:lambda:${testRegion}:${testAccount}:function:own`;

/** Secrets Manager with a rotation function that does as AWS's template does; `reported` are the events of rotations. */
async function openRotation(kind: ReturnType<typeof databases>[number], tasks: TaskRunner = noTasks) {
  const database = await kind.open();
  const seen: string[] = [];
  const state: { failAt: Step | undefined; lazy: boolean; during(step: Step): Promise<void> } = {
    ...{ failAt: undefined, lazy: false },
    during: async () => {},
  };
  const known = rotationFunctions(new Map(), tasks);
  const invoke: RotationFunction = async ({ Step: step, SecretId, ClientRequestToken }) => {
    seen.push(step);
    await state.during(step);
    if (step === state.failAt) throw new RotationFailure(`${step} failed`);
    const { client } = setting;
    if (step === "createSecret") {
      const input = { SecretId, ClientRequestToken, SecretString: "new", VersionStages: ["AWSPENDING"] };
      await client.send(new PutSecretValueCommand(input));
    }
    if (step === "finishSecret" && !state.lazy) {
      const { VersionIdsToStages: stages } = await client.send(new DescribeSecretCommand({ SecretId }));
      const [holder] = Object.entries(stages!).find(([, labels]) => labels.includes("AWSCURRENT"))!;
      if (holder === ClientRequestToken) return;
      const move = { VersionStage: "AWSCURRENT", MoveToVersionId: ClientRequestToken, RemoveFromVersionId: holder };
      await client.send(new UpdateSecretVersionStageCommand({ SecretId, ...move }));
    }
  };
  const functions: RotationFunctions = {
    find: (arn) => (arn === own ? invoke : known.find(arn)),
    async resolve(arn, call) {
      const resolved = await known.resolve(arn, call);
      return arn === own ? { ...resolved, arn } : resolved;
    },
  };
  const setting = openSecretsManager(database, { functions });
  const { client, clock, context, events } = setting;
  const reported: string[] = [];
  const errors: unknown[] = [];
  /** A rotator as another process would have it. */
  const newRotator = () =>
    rotator({
      ...{ context, events, clock, timers: fakeTimers(), onError: (error: unknown) => errors.push(error) },
      onEvent: ({ name }) => reported.push(name),
    });
  const { rotateDue } = newRotator();
  await client.send(new CreateSecretCommand({ Name: "s", SecretString: "old", ClientRequestToken: "o".repeat(32) }));
  const rotate = (input: Partial<RotateSecretCommandInput> = {}) =>
    client.send(new RotateSecretCommand({ SecretId: "s", RotationLambdaARN: own, ...input }));
  const describe = () => client.send(new DescribeSecretCommand({ SecretId: "s" }));
  const value = async (VersionStage = "AWSCURRENT") =>
    (await client.send(new GetSecretValueCommand({ SecretId: "s", VersionStage }))).SecretString;
  return {
    ...setting,
    authority: setting.state,
    ...{ seen, state, reported, errors, rotateDue, newRotator, rotate, describe, value },
    async [Symbol.asyncDispose]() {
      // The events of reads are written later; this waits for them.
      await events.purge();
      assert.deepEqual(errors, []);
      await database[Symbol.asyncDispose]();
    },
  };
}

type RotationSetting = Awaited<ReturnType<typeof openRotation>>;

/** A test on each kind of database. */
export function testRotation(name: string, run: (setting: RotationSetting) => Promise<void>): void {
  testRotations(name, async (open) => {
    await using setting = await open();
    await run(setting);
  });
}

/** As `testRotation`, for a test that opens by itself what it needs. */
export function testRotations(
  name: string,
  run: (open: (tasks?: TaskRunner) => Promise<RotationSetting>) => Promise<void>,
): void {
  for (const kind of databases()) test(`${name} (${kind.name})`, () => run((tasks) => openRotation(kind, tasks)));
}
