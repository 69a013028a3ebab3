import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { type Aws, awsCli, findAwsClis } from "../support/aws-cli.ts";
import { type Clients, clientsOf } from "../support/clients.ts";
import { skipUnless } from "../support/require.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

interface StepEvent {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

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

/** What AWS's template of a rotation function does. */
async function template({ secretsManager }: Clients, { Step, SecretId, ClientRequestToken }: StepEvent): Promise<void> {
  const described = await secretsManager.describeSecret({ SecretId });
  assert.equal(described.RotationEnabled, true);
  const stages = described.VersionIdsToStages![ClientRequestToken];
  assert.ok(stages, "the version is staged for rotation");
  if (stages.includes("AWSCURRENT")) return;
  assert.ok(stages.includes("AWSPENDING"));
  if (Step === "createSecret") {
    const pending = { SecretId, VersionId: ClientRequestToken, VersionStage: "AWSPENDING" };
    const isThere = await secretsManager.getSecretValue(pending).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    const { RandomPassword: SecretString } = await secretsManager.getRandomPassword({});
    await secretsManager.putSecretValue({ SecretId, ClientRequestToken, SecretString, VersionStages: ["AWSPENDING"] });
  }
  if (Step === "finishSecret") {
    const [current] = Object.entries(described.VersionIdsToStages!).find(([, all]) => all.includes("AWSCURRENT"))!;
    const move = { MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current };
    await secretsManager.updateSecretVersionStage({ SecretId, VersionStage: "AWSCURRENT", ...move });
  }
}

test("a rotation that is killed after each of its steps goes on and finishes, and its events tell of it", {
  skip: await skipUnless("aws"),
  timeout: 180_000,
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
    await template(clientsOf(sealift!), event);
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

async function aws(sealift: Sealift): Promise<Aws> {
  const [cli] = await findAwsClis();
  return awsCli(cli!, sealift);
}

async function eventNames(sealift: Sealift): Promise<string[]> {
  const { Events } = await (await aws(sealift))<{ Events: { EventName: string }[] }>("cloudtrail", "lookup-events");
  return Events.map(({ EventName }) => EventName);
}
