import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { awsCli, findAwsClis } from "../support/aws-cli.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { skipUnless } from "../support/require.ts";
import { followAudit, runSealift, startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const timeout = 480_000;
const skip = await skipUnless("aws");

interface Answer {
  readonly Events: readonly {
    readonly EventName: string;
    readonly Username?: string;
    readonly CloudTrailEvent: string;
  }[];
  readonly NextToken?: string;
}

for (const cli of await findAwsClis()) {
  test(`aws ${cli.version} cloudtrail lookup-events shows who read a secret, and who was denied`, {
    skip,
    timeout,
  }, async () => {
    await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
    const aws = awsCli(cli, sealift);
    const clients = clientsOf(sealift);
    const { ARN } = await clients.secretsManager.createSecret({ Name: "db", SecretString: "hunter2" });
    await clients.iam.createUser({ UserName: "bob" });
    const { AccessKey: key } = await clients.iam.createAccessKey({ UserName: "bob" });
    const bob = { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! };
    const asBob = awsCli(cli, { ...sealift, credentials: bob });
    await aws("secretsmanager", "get-secret-value", "--secret-id", "db");
    await assert.rejects(asBob("secretsmanager", "get-secret-value", "--secret-id", "db"), {
      code: "AccessDeniedException",
    });
    const attribute = (name: string, value: string) => [
      "--lookup-attributes",
      `AttributeKey=${name},AttributeValue=${value}`,
    ];
    const look = (...words: string[]) => aws<Answer>("cloudtrail", "lookup-events", ...words);
    const ofSecret = await look(...attribute("ResourceName", "db"));
    assert.deepEqual(
      ofSecret.Events.map(({ EventName, Username }) => [EventName, Username]),
      [
        ["GetSecretValue", "bob"],
        ["GetSecretValue", "root"],
        ["CreateSecret", "root"],
      ],
    );
    const denied = JSON.parse(ofSecret.Events[0]!.CloudTrailEvent);
    assert.deepEqual([denied.errorCode, denied.resources[0].ARN], ["AccessDenied", ARN]);
    assert.match(
      denied.errorMessage,
      /^User: \S+user\/bob is not authorized to perform: secretsmanager:GetSecretValue/,
    );
    assert.deepEqual(denied.additionalEventData.decision.effect, "implicit-deny");
    for (const [name, value] of [
      ["AccessKeyId", bob.accessKeyId],
      ["Username", "bob"],
    ] as const) {
      assert.equal((await look(...attribute(name, value))).Events.length, 1, name);
    }
    const writes = (await look(...attribute("ReadOnly", "false"))).Events.map(({ EventName }) => EventName);
    assert.deepEqual(writes.slice(0, 3), ["CreateAccessKey", "CreateUser", "CreateSecret"]);
    const paged = await look("--page-size", "2");
    assert.ok(paged.Events.length > 6);
    const page = await look("--max-results", "2");
    assert.equal(page.Events.length, 2);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    assert.deepEqual((await look("--start-time", tomorrow)).Events, []);
    const two = [attribute("Username", "bob")[1]!, attribute("EventName", "x")[1]!];
    await assert.rejects(look("--lookup-attributes", ...two), { code: "InvalidLookupAttributesException" });
    assert.doesNotMatch(JSON.stringify([ofSecret, paged]), /hunter2/);
  });
}

test("sealift audit follows live, exports and verifies beside the server and without it", { timeout }, async () => {
  await using data = await throwAwayData();
  await using sealift = await startSealift({ runtime: "process", data: data.path, flags: ["--no-agent"] });
  const { ssm, secretsManager } = clientsOf(sealift);
  await ssm.putParameter({ Name: "before", Type: "String", Value: "hunter2" });
  await using follower = await followAudit(data.path);
  await using machine = await followAudit(data.path, "--json");
  await ssm.putParameter({ Name: "after", Type: "SecureString", Value: "hunter2" });
  await assert.rejects(secretsManager.getSecretValue({ SecretId: "none\u001b[31m" }));
  const lines = await until("both events are shown", () => {
    const shown = follower.stdout().split("\n").filter(Boolean);
    return shown.length >= 2 && machine.stdout().split("\n").length > 2 && shown;
  });
  assert.match(
    lines[0]!,
    /^\d{4}-\S+Z {2}us-east-1 {2}arn:aws:iam::000000000000:root {2}ssm:PutParameter {2}\S+parameter\/after \S+:key\/\S+$/,
  );
  assert.match(lines[1]!, /secretsmanager:GetSecretValue .* ValidationException: /);
  assert.equal(lines.length, 2);
  assert.ok(!lines.join("").includes("\u001b"), "nobody steers the terminal");
  assert.deepEqual(
    machine
      .stdout()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).eventName),
    ["PutParameter", "GetSecretValue"],
  );
  assert.deepEqual([await follower.end("SIGTERM"), await machine.end("SIGINT")], [0, 0]);

  const names = async (...flags: readonly string[]) => {
    const { code, stdout, stderr } = await runSealift("audit", "export", "--data", data.path, ...flags);
    assert.deepEqual([code, stderr], [0, ""]);
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).eventName);
  };
  const all = ["PutParameter", "PutParameter", "GetSecretValue"];
  assert.deepEqual(await names(), all);
  assert.deepEqual(await names("--from", "2001-01-01"), all);
  assert.deepEqual(await names("--to", "2001-01-01T00:00:00Z"), []);
  assert.equal((await runSealift("audit", "export", "--data", data.path, "--from", "yesterday")).code, 2);
  assert.equal((await runSealift("audit", "export", "--data", `${data.path}/none`)).code, 2);
  const verified = await runSealift("audit", "verify", "--data", data.path);
  assert.deepEqual(
    [verified.code, verified.stdout],
    [0, "Verified 3 events in 1 streams: nothing was removed, edited or inserted\n"],
  );
  await sealift.end("SIGTERM");
  assert.equal((await runSealift("audit", "verify", "--data", data.path)).code, 0);
  const file = new DatabaseSync(join(data.path, "sealift.db"));
  file.exec("delete from cloudtrail_batches where cast(events as text) like '%GetSecretValue%'");
  file.exec("update cloudtrail_batches set events = replace(cast(events as text), '/before', '/beside')");
  file.close();
  const found = await runSealift("audit", "verify", "--data", data.path);
  assert.equal(found.code, 1);
  assert.match(found.stdout, /^Stream 1, event 1 \(\S+\) was edited/);
  assert.match(found.stdout, /^Stream 1, behind event 2: event 3 was removed$/m);
  assert.match(found.stdout, /^Found \d+ problems in 2 events in 1 streams$/m);
});

test("sealift audit goes on after a reset", { timeout }, async () => {
  await using data = await throwAwayData();
  await using sealift = await startSealift({ runtime: "process", data: data.path, flags: ["--dev", "--no-agent"] });
  const { ssm } = clientsOf({ ...sealift, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  for (const Name of ["a", "b", "c"]) await ssm.putParameter({ Name, Type: "String", Value: "x" });
  await using follower = await followAudit(data.path);
  const reset = await fetch(`${sealift.endpoint}/_sealift/reset`, { method: "POST" });
  assert.equal(reset.status, 200);
  await ssm.putParameter({ Name: "after", Type: "String", Value: "x" });
  await until("the event is shown", () => follower.stdout().includes("parameter/after"));
});

test("a secret that was given out has its event, however the server is killed", { timeout }, async () => {
  await using data = await throwAwayData();
  await using sealift = await startSealift({ runtime: "process", data: data.path, flags: ["--no-agent"] });
  const clients = clientsOf(sealift);
  await clients.ssm.putParameter({ Name: "p", Type: "SecureString", Value: "hunter2" });
  let given = 0;
  const readers = Array.from({ length: 8 }, async () => {
    for (;;) {
      await clients.ssm.getParameter({ Name: "p", WithDecryption: true });
      given++;
    }
  });
  const ended = Promise.allSettled(readers);
  await until("many were given out", () => given > 300);
  await sealift.end("SIGKILL");
  await ended;
  const { stdout } = await runSealift("audit", "export", "--data", data.path);
  const events = stdout.split("\n").filter((line) => line.includes('"eventName":"GetParameter"')).length;
  assert.ok(events >= given, `${given} were given out, ${events} have an event`);
  assert.equal((await runSealift("audit", "verify", "--data", data.path)).code, 0);
});

test("a task's role is taken up with an event of its own, before the task has its credentials", {
  timeout,
}, async () => {
  await using sealift = await startSealift({ runtime: "process" });
  const clients = clientsOf(sealift);
  await clients.ssm.putParameter({ Name: "p", Type: "SecureString", Value: "hunter2" });
  const role = await createRole(clients, "reader", [allow(["ssm:GetParameters", "kms:Decrypt"])]);
  const { taskDefinition } = await clients.ecs.registerTaskDefinition({
    family: "web",
    executionRoleArn: role,
    containerDefinitions: [
      {
        ...{ name: "web", image: "none", memory: 64 },
        environment: [{ name: "TOKEN", value: "hunter3" }],
        secrets: [{ name: "P", valueFrom: "p" }],
        dockerLabels: { "sealift.process.command": '["sleep", "60"]' },
      },
    ],
  });
  const { tasks } = await clients.ecs.runTask({ taskDefinition: taskDefinition!.taskDefinitionArn! });
  const id = tasks![0]!.taskArn!.split("/").at(-1)!;
  const look = async (AttributeKey: "Username" | "ResourceName", AttributeValue: string) =>
    (await clients.cloudTrail.lookupEvents({ LookupAttributes: [{ AttributeKey, AttributeValue }] })).Events!;
  const read = await until("the task reads its secret", async () => (await look("Username", id))[0]);
  const { userIdentity } = JSON.parse(read.CloudTrailEvent!);
  assert.deepEqual(
    [read.EventName, userIdentity.type, userIdentity.sessionContext.sessionIssuer.arn],
    ["GetParameters", "AssumedRole", role],
  );
  const assumed = (await look("ResourceName", "reader")).find(({ EventName }) => EventName === "AssumeRole")!;
  const { userIdentity: service, requestParameters } = JSON.parse(assumed.CloudTrailEvent!);
  assert.deepEqual(service, { type: "AWSService", invokedBy: "ecs-tasks.amazonaws.com" });
  assert.equal(requestParameters.roleSessionName, id);
  assert.doesNotMatch(JSON.stringify(await clients.cloudTrail.lookupEvents({})), /hunter/);
});
