import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { type Setting, secretsManagerOver, testSecrets, token } from "../secrets-manager.fixture.ts";

const times = Array.from({ length: 50 }, (_, index) => index);

/** Clients that by turns talk to two servers over one database. */
function twoServers(setting: Setting) {
  const { client } = secretsManagerOver(setting.database, setting.kms);
  return (index: number) => (index % 2 === 0 ? setting.client : client);
}

function failuresOf(settled: readonly PromiseSettledResult<unknown>[]): string[] {
  return settled.flatMap((one) => (one.status === "rejected" ? [one.reason.name] : []));
}

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

testSecrets("CreateSecret 50 times at once with one name lets one win", async (setting) => {
  const clientOf = twoServers(setting);
  const settled = await Promise.allSettled(
    times.map((index) => clientOf(index).send(new CreateSecretCommand({ Name: "db", SecretString: `value ${index}` }))),
  );
  assert.deepEqual(failuresOf(settled), Array(49).fill("ResourceExistsException"));
  const winner = settled.findIndex(({ status }) => status === "fulfilled");
  const { SecretString } = await setting.client.send(new GetSecretValueCommand({ SecretId: "db" }));
  assert.equal(SecretString, `value ${winner}`);
});

testSecrets("CreateSecret 50 times at once with one token and value answers one secret", async (setting) => {
  const clientOf = twoServers(setting);
  const create = { Name: "db", SecretString: "a", ClientRequestToken: token("a") };
  const answers = await Promise.all(times.map((index) => clientOf(index).send(new CreateSecretCommand(create))));
  assert.equal(new Set(answers.map(({ ARN }) => ARN)).size, 1);
});
