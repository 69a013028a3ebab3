import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { openEmptySqlite } from "../../../../test/support/databases.ts";
import {
  assertRefused,
  millisecondsOfDay,
  openSecretsManager,
  otherwiseDecided,
  replaceSecret,
  type Setting,
  testSecrets,
  token,
} from "../secrets-manager.fixture.ts";

testSecrets("GetSecretValue finds a secret by name, ARN and partial ARN", async ({ client, clock }) => {
  const { ARN = "" } = await client.send(
    new CreateSecretCommand({ Name: "prod/db", SecretString: "s3cret", ClientRequestToken: token("a") }),
  );
  for (const SecretId of ["prod/db", ARN, ARN.slice(0, -7)]) {
    const { $metadata: _, ...read } = await client.send(new GetSecretValueCommand({ SecretId }));
    assert.deepEqual(read, {
      ARN,
      Name: "prod/db",
      SecretString: "s3cret",
      VersionId: token("a"),
      VersionStages: ["AWSCURRENT"],
      CreatedDate: clock.now(),
    });
  }
});

testSecrets("GetSecretValue takes a partial ARN that ends like a complete one for complete", async ({ client }) => {
  const { ARN = "" } = await client.send(new CreateSecretCommand({ Name: "db-a1b2c3", SecretString: "s3cret" }));
  await client.send(new GetSecretValueCommand({ SecretId: "db-a1b2c3" }));
  await client.send(new GetSecretValueCommand({ SecretId: ARN }));
  await assertRefused(
    client.send(new GetSecretValueCommand({ SecretId: ARN.slice(0, -7) })),
    "ResourceNotFoundException",
    "Secrets Manager can't find the specified secret.",
  );
});

testSecrets("GetSecretValue words what it cannot find as AWS does", async ({ client }) => {
  const { ARN = "" } = await client.send(
    new CreateSecretCommand({ Name: "db", SecretString: "one", ClientRequestToken: token("a") }),
  );
  await client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "two", ClientRequestToken: token("b") }));
  const noSecret = "Secrets Manager can't find the specified secret.";
  const noValue = "Secrets Manager can't find the specified secret value for ";
  const missing = "ResourceNotFoundException";
  const cases: [GetSecretValueCommand["input"], string, string | RegExp][] = [
    [{ SecretId: "other" }, missing, noSecret],
    [{ SecretId: ARN.replace(/.{6}$/, "AbCdEf") }, missing, noSecret],
    [{ SecretId: ARN.replace("us-east-1", "us-east-2") }, missing, noSecret],
    [{ SecretId: ARN.replace("111122223333", "444455556666") }, missing, noSecret],
    [{ SecretId: `${ARN}:password::` }, "ValidationException", /^Invalid name\./],
    [{ SecretId: "db", VersionStage: "AWSPENDING" }, missing, `${noValue}staging label: AWSPENDING`],
    [{ SecretId: "db", VersionStage: "a\0" }, missing, `${noValue}staging label: a\0`],
    [{ SecretId: "db", VersionId: token("c") }, missing, `${noValue}VersionId: ${token("c")}`],
    [{ SecretId: "db", VersionId: `${token("c")}\0` }, missing, `${noValue}VersionId: ${token("c")}\0`],
    [
      { SecretId: "db", VersionId: token("a"), VersionStage: "AWSCURRENT" },
      "InvalidRequestException",
      "You provided a VersionStage that is not associated to the provided VersionId.",
    ],
  ];
  for (const [input, name, message] of cases) {
    await assertRefused(client.send(new GetSecretValueCommand(input)), name, message);
  }
});

testSecrets("GetSecretValue reads a version by label, by id, and one without labels", async ({ client }) => {
  for (const letter of ["a", "b", "c"]) {
    const value = { SecretString: letter, ClientRequestToken: token(letter) };
    if (letter === "a") await client.send(new CreateSecretCommand({ Name: "db", ...value }));
    else await client.send(new PutSecretValueCommand({ SecretId: "db", ...value }));
  }
  const cases: [Partial<GetSecretValueCommand["input"]>, value: string, stages: string[] | undefined][] = [
    [{}, "c", ["AWSCURRENT"]],
    [{ VersionStage: "AWSPREVIOUS" }, "b", ["AWSPREVIOUS"]],
    [{ VersionId: token("b"), VersionStage: "AWSPREVIOUS" }, "b", ["AWSPREVIOUS"]],
    [{ VersionId: token("a") }, "a", undefined],
  ];
  for (const [selector, value, stages] of cases) {
    const read = await client.send(new GetSecretValueCommand({ SecretId: "db", ...selector }));
    assert.deepEqual([read.SecretString, read.VersionStages], [value, stages]);
  }
});

testSecrets("GetSecretValue refuses a secret that is marked for deletion", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "s3cret" }));
  await client.send(new DeleteSecretCommand({ SecretId: "db" }));
  await assertRefused(
    client.send(new GetSecretValueCommand({ SecretId: "db" })),
    "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
});

testSecrets("GetSecretValue notes the day of the last read", async ({ client, clock }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "s3cret" }));
  const accessed = async () => {
    await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    const { LastAccessedDate } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
    return LastAccessedDate?.toISOString();
  };
  assert.equal(await accessed(), "2026-01-02T00:00:00.000Z");
  clock.advance(millisecondsOfDay);
  assert.equal(await accessed(), "2026-01-03T00:00:00.000Z");
});

for (const selector of [{}, { VersionId: token("a") }]) {
  test(`GetSecretValue needs one query, once the day is noted, for ${JSON.stringify(selector)}`, async () => {
    await using opened = await openEmptySqlite();
    // Nothing is kept for a Kysely of one's own.
    const database = { ...opened, db: opened.db.withoutPlugins() };
    const { client } = openSecretsManager(database);
    await client.send(new CreateSecretCommand({ Name: "db", SecretString: "s3cret", ClientRequestToken: token("a") }));
    const read = () => client.send(new GetSecretValueCommand({ SecretId: "db", ...selector }));
    await read();
    const executor = database.db.getExecutor();
    const execute = executor.executeQuery.bind(executor);
    const queries: string[] = [];
    executor.executeQuery = (query, ...rest) => {
      queries.push(query.sql);
      return execute(query, ...rest);
    };
    await read();
    assert.equal(queries.length, 1, queries.join("\n"));
  });
}

const changes: readonly [name: string, change: (setting: Setting) => Promise<unknown>][] = [
  ["another value", ({ client }) => client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "b" }))],
  [
    "AWSCURRENT on another version",
    ({ client }) =>
      client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: "db",
          VersionStage: "AWSCURRENT",
          MoveToVersionId: token("o"),
          RemoveFromVersionId: token("a"),
        }),
      ),
  ],
  ["another secret of its name", replaceSecret],
  ...otherwiseDecided,
];

for (const [name, change] of changes) {
  testSecrets(`GetSecretValue reads what was authorised before ${name} came`, async (setting) => {
    const { client, onceAuthorised } = setting;
    const old = { Name: "db", SecretString: "old", ClientRequestToken: token("o") };
    const { ARN } = await client.send(new CreateSecretCommand(old));
    await client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "a", ClientRequestToken: token("a") }));
    onceAuthorised("secretsmanager:GetSecretValue", () => change(setting));
    const read = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    assert.deepEqual([read.ARN, read.VersionId, read.SecretString], [ARN, token("a"), "a"]);
  });
}
