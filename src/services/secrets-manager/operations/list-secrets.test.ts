import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  type ListSecretsCommandInput,
  paginateListSecrets,
  type SecretsManagerClient,
  TagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { Region, readValue, replicated, SecretId, statusOf } from "../replication/replication.fixture.ts";
import { assertRefused, millisecondsOfDay, type Setting, testSecrets, token } from "../secrets-manager.fixture.ts";

async function namesOf(client: SecretsManagerClient, input: ListSecretsCommandInput = {}): Promise<string> {
  const names: (string | undefined)[] = [];
  for await (const page of paginateListSecrets({ client }, input)) {
    if (input.MaxResults) assert.ok((page.SecretList?.length ?? 0) <= input.MaxResults);
    names.push(...(page.SecretList ?? []).map(({ Name }) => Name));
  }
  return names.join(" ");
}

/** Made in the order c, a, d, b; b and c at the same time as others of theirs; a changed and d read last. */
async function fourSecrets({ client, clock }: Setting): Promise<void> {
  for (const Name of ["c", "a"]) await client.send(new CreateSecretCommand({ Name, SecretString: Name }));
  clock.advance(1000);
  for (const Name of ["d", "b"]) await client.send(new CreateSecretCommand({ Name, SecretString: Name }));
  clock.advance(millisecondsOfDay);
  await client.send(new TagResourceCommand({ SecretId: "a", Tags: [{ Key: "team", Value: "orders" }] }));
  await client.send(new GetSecretValueCommand({ SecretId: "d" }));
}

const orders: [ListSecretsCommandInput, names: string][] = [
  [{}, "a c b d"],
  [{ SortOrder: "desc" }, "d b c a"],
  [{ SortBy: "name" }, "a b c d"],
  [{ SortBy: "name", SortOrder: "desc" }, "d c b a"],
  [{ SortBy: "last-changed-date" }, "c b d a"],
  [{ SortBy: "last-accessed-date", SortOrder: "desc" }, "d c b a"],
];

for (const [input, names] of orders) {
  testSecrets(`ListSecrets ${JSON.stringify(input)} lists ${names}, in pages of any size`, async (setting) => {
    await fourSecrets(setting);
    assert.equal(await namesOf(setting.client, input), names);
    for (const MaxResults of [1, 3]) assert.equal(await namesOf(setting.client, { ...input, MaxResults }), names);
  });
}

testSecrets("ListSecrets filters, also over many secrets", async ({ client, clock }) => {
  for (let index = 0; index < 30; index++) {
    const Name = `${index % 10 === 0 ? "prod" : "test"}/${index}`;
    await client.send(new CreateSecretCommand({ Name, Description: `Number ${index}` }));
    clock.advance(1);
  }
  const Filters = [{ Key: "name" as const, Values: ["prod/"] }];
  assert.equal(await namesOf(client, { Filters }), "prod/0 prod/10 prod/20");
  assert.equal(await namesOf(client, { Filters, MaxResults: 2 }), "prod/0 prod/10 prod/20");
  assert.equal(
    await namesOf(client, { Filters: [{ Key: "name", Values: ["!test/"] }], MaxResults: 1 }),
    "prod/0 prod/10 prod/20",
  );
  assert.equal(await namesOf(client, { Filters: [{ Key: "all", Values: ["number 17"] }] }), "test/17");
});

testSecrets("ListSecrets finds by the beginning of names what comparing each name finds", async ({ client }) => {
  const names = ["a", "a/", "a/b", "a0", "aB", "b", "A", "a_z", "a@", "z", "zz", "a.b", "a!", "a-1"];
  for (const Name of names) await client.send(new CreateSecretCommand({ Name }));
  const searched = [["a"], ["a/"], ["A"], ["z", "b"], ["a", "!a/"], ["!a"], ["a_"], ["zz"], ["none"], [""], ["a!"]];
  for (const Values of searched) {
    const wanted = Values.filter((value) => !value.startsWith("!"));
    const excluded = Values.filter((value) => value.startsWith("!")).map((value) => value.slice(1));
    const expected = names
      .filter((name) => wanted.length === 0 || wanted.some((value) => name.startsWith(value)))
      .filter((name) => !excluded.some((value) => name.startsWith(value)))
      .sort();
    const input = { Filters: [{ Key: "name" as const, Values }], SortBy: "name" as const, MaxResults: 2 };
    assert.equal(await namesOf(client, input), expected.join(" "), JSON.stringify(Values));
  }
  const Filters = ["a", "a/"].map((value) => ({ Key: "name" as const, Values: [value] }));
  assert.equal(await namesOf(client, { Filters, SortBy: "name" }), "a/ a/b");
});

testSecrets("ListSecrets shows secrets marked for deletion only when asked", async ({ client }) => {
  for (const Name of ["a", "b"]) await client.send(new CreateSecretCommand({ Name }));
  await client.send(new DeleteSecretCommand({ SecretId: "b" }));
  assert.equal(await namesOf(client), "a");
  assert.equal(await namesOf(client, { IncludePlannedDeletion: true }), "a b");
});

testSecrets("ListSecrets shows a secret's versions and never its value", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "a", SecretString: "s3cret", ClientRequestToken: token("a") }));
  const { SecretList } = await client.send(new ListSecretsCommand({}));
  assert.deepEqual(SecretList?.[0]?.SecretVersionsToStages, { [token("a")]: ["AWSCURRENT"] });
  assert.doesNotMatch(JSON.stringify(SecretList), /s3cret/);
});

const tokens: Record<string, string> = {
  "that is no JSON": "bad",
  "that is no list": Buffer.from("{}").toString("base64url"),
  "of another list": Buffer.from(JSON.stringify([5, "a"])).toString("base64url"),
  "of another order": Buffer.from(JSON.stringify(["name", "a", "a"])).toString("base64url"),
  "with NUL": Buffer.from(JSON.stringify(["created-date", 5, "a\0"])).toString("base64url"),
};

for (const [name, NextToken] of Object.entries(tokens)) {
  testSecrets(`ListSecrets refuses a token ${name}`, ({ client }) =>
    assertRefused(client.send(new ListSecretsCommand({ NextToken })), "InvalidNextTokenException"),
  );
}

testSecrets(
  "ListSecrets shows replication, the last read in each region, and finds by primary region",
  async (setting) => {
    const { client, clientIn } = setting;
    await replicated(setting);
    const eu = clientIn(Region);
    for (const each of [client, eu]) await each.send(new CreateSecretCommand({ Name: "alone" }));
    const list = async (each: SecretsManagerClient, value: string) => {
      const Filters = [{ Key: "primary-region" as const, Values: [value] }];
      return ((await each.send(new ListSecretsCommand({ Filters }))).SecretList ?? []).map(({ Name }) => Name);
    };
    assert.deepEqual(await list(client, "us-east-1"), ["db"]);
    assert.deepEqual(await list(eu, "us-east-1"), ["db"]);
    assert.deepEqual(await list(eu, "!us-east-1"), ["alone"]);
    assert.equal((await statusOf(client))?.[0]?.LastAccessedDate, undefined);
    await readValue(eu);
    const { SecretList = [] } = await client.send(new ListSecretsCommand({ SortBy: "name", SortOrder: "desc" }));
    assert.deepEqual(
      SecretList.map((one) => [one.Name, one.PrimaryRegion]),
      [
        ["db", "us-east-1"],
        ["alone", undefined],
      ],
    );
    const { ReplicationStatus } = await client.send(new DescribeSecretCommand({ SecretId }));
    assert.deepEqual(ReplicationStatus?.[0]?.LastAccessedDate, new Date("2026-01-02T00:00:00Z"));
  },
);
