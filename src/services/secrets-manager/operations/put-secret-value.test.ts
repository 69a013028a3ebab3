import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import {
  assertNotOutrun,
  assertRefused,
  failuresOf,
  millisecondsOfDay,
  replaceSecret,
  testSecrets,
  token,
  twoServers,
} from "../secrets-manager.fixture.ts";

async function stagesOf(client: SecretsManagerClient): Promise<Record<string, string[]> | undefined> {
  return (await client.send(new DescribeSecretCommand({ SecretId: "db" }))).VersionIdsToStages;
}

testSecrets("PutSecretValue makes the new version current and the old one previous", async ({ client, clock }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  clock.advance(1000);
  const put = await client.send(
    new PutSecretValueCommand({ SecretId: "db", SecretBinary: Buffer.from("b"), ClientRequestToken: token("b") }),
  );
  assert.deepEqual([put.Name, put.VersionId, put.VersionStages], ["db", token("b"), ["AWSCURRENT"]]);
  assert.deepEqual(await stagesOf(client), { [token("a")]: ["AWSPREVIOUS"], [token("b")]: ["AWSCURRENT"] });
  const { LastChangedDate } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.deepEqual(LastChangedDate, clock.now());
});

testSecrets("PutSecretValue makes a secret's first version current, whatever its labels", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db" }));
  const put = await client.send(
    new PutSecretValueCommand({
      SecretId: "db",
      SecretString: "a",
      ClientRequestToken: token("a"),
      VersionStages: ["AWSPENDING"],
    }),
  );
  assert.deepEqual(put.VersionStages, ["AWSCURRENT", "AWSPENDING"]);
});

testSecrets(
  "PutSecretValue once more with token and value changes nothing, with another value fails",
  async ({ client }) => {
    const { ARN } = await client.send(
      new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }),
    );
    await client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "b", ClientRequestToken: token("b") }));
    const again = await client.send(
      new PutSecretValueCommand({ SecretId: "db", SecretString: "a", ClientRequestToken: token("a") }),
    );
    assert.deepEqual([again.VersionId, again.VersionStages], [token("a"), ["AWSPREVIOUS"]]);
    for (const value of [{ SecretString: "other" }, { SecretBinary: Buffer.from("a") }]) {
      await assertRefused(
        client.send(new PutSecretValueCommand({ SecretId: "db", ...value, ClientRequestToken: token("a") })),
        "ResourceExistsException",
        `You can't use ClientRequestToken ${token("a")} because that value is already in use for a version of secret ${ARN}.`,
      );
    }
  },
);

testSecrets("PutSecretValue 50 times at once with one token makes one version", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  const put = { SecretId: "db", SecretString: "b", ClientRequestToken: token("b") };
  const answers = await Promise.all(Array.from({ length: 50 }, () => client.send(new PutSecretValueCommand(put))));
  assert.deepEqual(new Set(answers.map(({ VersionId }) => VersionId)), new Set([token("b")]));
  assert.deepEqual(await stagesOf(client), { [token("a")]: ["AWSPREVIOUS"], [token("b")]: ["AWSCURRENT"] });
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db", IncludeDeprecated: true }));
  assert.equal(Versions?.length, 2);
});

testSecrets("PutSecretValue of many values at once leaves one current and one previous version", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "start" }));
  const values = Array.from({ length: 30 }, (_, index) => `value ${index}`);
  await Promise.all(
    values.map((SecretString, index) =>
      index % 3 === 0
        ? client.send(new UpdateSecretCommand({ SecretId: "db", SecretString, Description: SecretString }))
        : client.send(new PutSecretValueCommand({ SecretId: "db", SecretString })),
    ),
  );
  const stages = Object.values((await stagesOf(client)) ?? {});
  assert.deepEqual(stages.flat().sort(), ["AWSCURRENT", "AWSPREVIOUS"]);
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db", IncludeDeprecated: true }));
  assert.equal(Versions?.length, 31);
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.ok(values.includes(SecretString ?? ""));
});

testSecrets(
  "PutSecretValue while the key changes never leaves the current version under the old key",
  async ({ client, kms }) => {
    const keys = [kms.addKey("first"), kms.addKey("second")];
    await client.send(new CreateSecretCommand({ Name: "db", SecretString: "start" }));
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) =>
        client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: `value ${index}` })),
      ),
      ...keys.map((KmsKeyId) => client.send(new UpdateSecretCommand({ SecretId: "db", KmsKeyId }))),
    ]);
    const { KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
    const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db" }));
    assert.deepEqual(
      Versions.map(({ KmsKeyIds }) => KmsKeyIds?.[0]),
      [KmsKeyId, KmsKeyId],
    );
  },
);

testSecrets("PutSecretValue refuses what AWS refuses", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
  await client.send(new CreateSecretCommand({ Name: "gone", SecretString: "a" }));
  await client.send(new DeleteSecretCommand({ SecretId: "gone" }));
  const labels = Array.from({ length: 20 }, (_, index) => `label ${index}`);
  const cases: [PutSecretValueCommand["input"], string, string | RegExp][] = [
    [{ SecretId: "db" }, "InvalidRequestException", "You must provide either SecretString or SecretBinary."],
    [
      { SecretId: "db", SecretString: "a", SecretBinary: Buffer.from("a") },
      "InvalidParameterException",
      /^You can't specify both/,
    ],
    [
      { SecretId: "other", SecretString: "a" },
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret.",
    ],
    [{ SecretId: "gone", SecretString: "a" }, "InvalidRequestException", /because it was marked for deletion\.$/],
    [{ SecretId: "db", SecretString: "a", VersionStages: labels }, "LimitExceededException", /staging labels/],
  ];
  for (const [input, name, message] of cases) {
    await assertRefused(client.send(new PutSecretValueCommand(input)), name, message);
  }
});

testSecrets(
  "PutSecretValue removes versions without labels beyond 100 that are older than a day",
  async ({ client, clock }) => {
    await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
    const put = (letter: string, VersionStages?: string[]) => {
      const input = { SecretId: "db", SecretString: letter, ...(VersionStages && { VersionStages }) };
      return client.send(
        new PutSecretValueCommand(letter.length === 1 ? { ...input, ClientRequestToken: token(letter) } : input),
      );
    };
    clock.advance(1000);
    await put("b", ["mine"]);
    const count = async () => {
      const input = { SecretId: "db", IncludeDeprecated: true };
      const first = await client.send(new ListSecretVersionIdsCommand(input));
      const rest = first.NextToken
        ? await client.send(new ListSecretVersionIdsCommand({ ...input, NextToken: first.NextToken }))
        : undefined;
      return [...(first.Versions ?? []), ...(rest?.Versions ?? [])].map(({ VersionId }) => VersionId);
    };
    for (let index = 0; index < 110; index++) {
      clock.advance(1000);
      await put(`value ${index}`);
    }
    assert.equal((await count()).length, 112);
    clock.advance(2 * millisecondsOfDay);
    await put("last");
    const kept = await count();
    assert.equal(kept.length, 101);
    assert.deepEqual([kept.includes(token("a")), kept.includes(token("b"))], [false, true]);
  },
);

const times = Array.from({ length: 50 }, (_, index) => index);

testSecrets("PutSecretValue 50 times at once with one token and value makes one version", async (setting) => {
  const { client } = setting;
  const clientOf = twoServers(setting);
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  const put = { SecretId: "db", SecretString: "b", ClientRequestToken: token("b") };
  const answers = await Promise.all(times.map((index) => clientOf(index).send(new PutSecretValueCommand(put))));
  assert.deepEqual(new Set(answers.map(({ VersionId }) => VersionId)), new Set([token("b")]));
  const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.deepEqual(VersionIdsToStages, { [token("a")]: ["AWSPREVIOUS"], [token("b")]: ["AWSCURRENT"] });
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db", IncludeDeprecated: true }));
  assert.equal(Versions?.length, 2);
});

testSecrets("PutSecretValue 50 times at once with one token and other values lets one win", async (setting) => {
  const { client } = setting;
  const clientOf = twoServers(setting);
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  const settled = await Promise.allSettled(
    times.map((index) => {
      const put = { SecretId: "db", SecretString: `value ${index}`, ClientRequestToken: token("b") };
      return clientOf(index).send(new PutSecretValueCommand(put));
    }),
  );
  assert.deepEqual(failuresOf(settled), Array(49).fill("ResourceExistsException"));
  const winner = settled.findIndex(({ status }) => status === "fulfilled");
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.equal(SecretString, `value ${winner}`);
});

testSecrets("PutSecretValue adds to the secret that was authorised, or is refused", async (setting) => {
  const { client, onceAuthorised } = setting;
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  const put = () =>
    client.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "b", ClientRequestToken: token("b") }));
  await assertNotOutrun(setting, "PutSecretValue", put);
  assert.deepEqual(await stagesOf(client), { [token("a")]: ["AWSCURRENT"] });
  const theirs = new PutSecretValueCommand({ SecretId: "db", SecretString: "c", ClientRequestToken: token("c") });
  onceAuthorised("secretsmanager:PutSecretValue", () => client.send(theirs));
  await put();
  assert.deepEqual(await stagesOf(client), { [token("c")]: ["AWSPREVIOUS"], [token("b")]: ["AWSCURRENT"] });
  onceAuthorised("secretsmanager:PutSecretValue", () => replaceSecret(setting));
  await assertRefused(put(), "ResourceNotFoundException");
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.equal(SecretString, "another secret");
});
