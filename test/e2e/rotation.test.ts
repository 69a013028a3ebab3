import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { type Aws, awsCli, findAwsClis } from "../support/aws-cli.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { skipUnless } from "../support/require.ts";
import { rotationTemplate, type StepEvent } from "../support/rotation-template.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:rotate-db";
const path = "/2015-03-31/functions/function/invocations";

/** A function behind the runtime interface emulator's path; it answers with what `handle` says. */
async function openFunction(handle: (event: StepEvent) => Promise<object | null>) {
  const server = createServer(async (request, response) => {
    assert.deepEqual([request.method, request.url], ["POST", path]);
    const answer = await handle(JSON.parse(await text(request)));
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    flag: ["--lambda", `rotate-db=http://127.0.0.1:${port}`],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

test("a rotation that is killed after each of its steps goes on and finishes, and its events tell of it", {
  skip: await skipUnless("aws"),
  timeout: 480_000,
}, async () => {
  await using data = await throwAwayData();
  await using resources = new AsyncDisposableStack();
  let sealift: Sealift | undefined;
  const killedAt = new Set<string>();
  const seen: string[] = [];
  const canary = "canary-in-the-errors-of-a-function";
  let failures = 1;
  await using lambda = await openFunction(async (event) => {
    seen.push(event.Step);
    await rotationTemplate(clientsOf(sealift!), event);
    if (killedAt.has(event.Step)) {
      if (event.Step !== "testSecret" || failures-- <= 0) return null;
      return { errorType: "ValueError", errorMessage: canary };
    }
    killedAt.add(event.Step);
    await sealift!.end("SIGKILL");
    return null;
  });
  const start = async () => {
    sealift = await startSealift({ runtime: "process", data: data.path, flags: [...lambda.flag, "--no-agent"] });
  };
  resources.defer(async () => {
    await sealift?.end("SIGKILL");
  });
  await start();
  const cli = async (...words: string[]) => (await aws(sealift!))("secretsmanager", ...words);
  await cli("create-secret", "--name", "db", "--secret-string", "old");
  const rules = ["--rotation-lambda-arn", functionArn, "--rotation-rules", "AutomaticallyAfterDays=30"];
  await cli("rotate-secret", "--secret-id", "db", ...rules);
  for (const step of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
    if (step === "finishSecret") {
      await until(
        "the failed attempt is in the events",
        async () => (await eventNames(sealift!)).includes("RotationFailed"),
        {
          seconds: 30,
        },
      );
      // A retry at once, in place of the wait for the next attempt.
      await assert.rejects(cli("rotate-secret", "--secret-id", "db"), /previous rotation isn't complete/);
    }
    await until(`killed after ${step}`, () => killedAt.has(step) && !sealift!.isRunning(), { seconds: 30 });
    await start();
  }
  const { secretsManager } = clientsOf(sealift!);
  const described = await until(
    "the rotation is over",
    async () => {
      const found = await secretsManager.describeSecret({ SecretId: "db" });
      return found.LastRotatedDate && found;
    },
    { seconds: 30 },
  );
  const labels = Object.values(described.VersionIdsToStages!).flat();
  assert.deepEqual(labels.filter((label) => label !== "AWSPENDING").sort(), ["AWSCURRENT", "AWSPREVIOUS"]);
  const current = await secretsManager.getSecretValue({ SecretId: "db" });
  const previous = await secretsManager.getSecretValue({ SecretId: "db", VersionStage: "AWSPREVIOUS" });
  assert.equal(previous.SecretString, "old");
  assert.match(current.SecretString!, /^.{32}$/);
  const events = await (await aws(sealift!))("cloudtrail", "lookup-events");
  assert.doesNotMatch(JSON.stringify(events), new RegExp(canary));
  assert.doesNotMatch(sealift!.stderr(), new RegExp(canary));
  assert.deepEqual((await eventNames(sealift!)).sort(), ["RotationFailed", "RotationStarted", "RotationSucceeded"]);
  assert.ok(seen.length >= 8, seen.join());
});

test("a secret is rotated by tasks, which get an access key through their secrets", { timeout: 480_000 }, async () => {
  await using sealift = await startSealift({ runtime: "process" });
  const clients = clientsOf(sealift);
  const { secretsManager, ssm, iam, ecs } = clients;
  await iam.createUser({ UserName: "rotation" });
  const mayRotate = { Version: "2012-10-17", Statement: [allow(["secretsmanager:*"])] };
  const PolicyDocument = JSON.stringify(mayRotate);
  await iam.putUserPolicy({ UserName: "rotation", PolicyName: "rotate", PolicyDocument });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "rotation" });
  await ssm.putParameter({ Name: "key", Type: "SecureString", Value: key!.SecretAccessKey! });
  const executionRoleArn = await createRole(clients, "reader", [allow(["ssm:GetParameters"])]);
  const script = join(import.meta.dirname, "../support/rotation-task.ts");
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: "rotate",
    executionRoleArn,
    containerDefinitions: [
      {
        ...{ name: "rotate", image: "none", memory: 256 },
        command: [process.execPath, "--disable-warning=ExperimentalWarning", script],
        environment: [
          { name: "AWS_ENDPOINT_URL", value: sealift.endpoint },
          { name: "AWS_REGION", value: sealift.region },
          { name: "AWS_ACCESS_KEY_ID", value: key!.AccessKeyId! },
        ],
        secrets: [{ name: "AWS_SECRET_ACCESS_KEY", valueFrom: "key" }],
      },
    ],
  });
  await secretsManager.createSecret({ Name: "db", SecretString: "old" });
  await secretsManager.rotateSecret({ SecretId: "db", RotationLambdaARN: taskDefinition!.taskDefinitionArn! });
  await until(
    "the rotation is over",
    async () => (await secretsManager.describeSecret({ SecretId: "db" })).LastRotatedDate,
    { seconds: 60 },
  );
  assert.match((await secretsManager.getSecretValue({ SecretId: "db" })).SecretString!, /^.{32}$/);
  const { taskArns } = await ecs.listTasks({ desiredStatus: "STOPPED" });
  assert.equal(taskArns!.length, 4);
  const runs = { LookupAttributes: [{ AttributeKey: "EventName" as const, AttributeValue: "RunTask" }] };
  const { Events: events } = await clients.cloudTrail.lookupEvents(runs);
  const callers = events!.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent!).userIdentity);
  assert.deepEqual(
    callers.map(({ type, invokedBy }) => [type, invokedBy]),
    Array.from({ length: 4 }, () => ["Root", "secretsmanager.amazonaws.com"]),
  );
});

async function aws(sealift: Sealift): Promise<Aws> {
  const [cli] = await findAwsClis();
  return awsCli(cli!, sealift);
}

async function eventNames(sealift: Sealift): Promise<string[]> {
  const { Events } = await (await aws(sealift))<{ Events: { EventName: string; CloudTrailEvent: string }[] }>(
    "cloudtrail",
    "lookup-events",
  );
  // Not the calls.
  const own = Events.filter(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent).eventType === "AwsServiceEvent");
  return own.map(({ EventName }) => EventName);
}
