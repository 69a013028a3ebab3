import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { assertRefused, millisecondsOfDay, testSecrets, token } from "../secrets-manager.fixture.ts";

for (const [window, days] of [
  [undefined, 30],
  [7, 7],
  [30, 30],
] as const) {
  testSecrets(`DeleteSecret with a window of ${window} deletes in ${days} days`, async ({ client, clock }) => {
    await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
    const deletion = new Date(clock.now().getTime() + days * millisecondsOfDay);
    const deleted = await client.send(new DeleteSecretCommand({ SecretId: "db", RecoveryWindowInDays: window }));
    assert.deepEqual(deleted.DeletionDate, deletion);
    clock.advance(days * millisecondsOfDay - 1);
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
    assert.deepEqual(DeletedDate, deletion);
    clock.advance(1);
    for (const Command of [DescribeSecretCommand, GetSecretValueCommand, RestoreSecretCommand]) {
      await assertRefused(
        client.send(new Command({ SecretId: "db" }) as DescribeSecretCommand),
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.",
      );
    }
    await client.send(new CreateSecretCommand({ Name: "db" }));
    assert.equal((await client.send(new ListSecretVersionIdsCommand({ SecretId: "db" }))).Versions?.length, 0);
  });
}

testSecrets("DeleteSecret blocks what uses the secret until RestoreSecret", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a", ClientRequestToken: token("a") }));
  await client.send(new DeleteSecretCommand({ SecretId: "db" }));
  const SecretId = "db";
  for (const command of [
    new DeleteSecretCommand({ SecretId }),
    new GetResourcePolicyCommand({ SecretId }),
    new TagResourceCommand({ SecretId, Tags: [{ Key: "a", Value: "b" }] }),
    new UntagResourceCommand({ SecretId, TagKeys: ["a"] }),
    new UpdateSecretCommand({ SecretId, Description: "a" }),
    new UpdateSecretVersionStageCommand({ SecretId, VersionStage: "mine", MoveToVersionId: token("a") }),
  ]) {
    await assertRefused(
      client.send(command as DeleteSecretCommand),
      "InvalidRequestException",
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  await client.send(new RestoreSecretCommand({ SecretId }));
  const described = await client.send(new DescribeSecretCommand({ SecretId }));
  assert.ok(!("DeletedDate" in described));
  assert.equal((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString, "a");
});

testSecrets("DeleteSecret by force removes it at once, scheduled or not, there or not", async ({ client, clock }) => {
  for (const before of [[], [new DeleteSecretCommand({ SecretId: "db" })]]) {
    const { ARN } = await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
    for (const command of before) await client.send(command);
    const deleted = await client.send(new DeleteSecretCommand({ SecretId: "db", ForceDeleteWithoutRecovery: true }));
    assert.deepEqual([deleted.ARN, deleted.Name, deleted.DeletionDate], [ARN, "db", clock.now()]);
    await assertRefused(client.send(new DescribeSecretCommand({ SecretId: "db" })), "ResourceNotFoundException");
  }
  const missing = await client.send(new DeleteSecretCommand({ SecretId: "db", ForceDeleteWithoutRecovery: true }));
  assert.equal(missing.Name, "db");
});

testSecrets("DeleteSecret refuses what AWS refuses", async ({ client }) => {
  await client.send(new CreateSecretCommand({ Name: "db" }));
  const cases: [Partial<DeleteSecretCommand["input"]>, string, string][] = [
    [
      { RecoveryWindowInDays: 6 },
      "InvalidParameterException",
      "RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
    ],
    [
      { RecoveryWindowInDays: 31 },
      "InvalidParameterException",
      "RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
    ],
    [
      { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
      "InvalidParameterException",
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    ],
    [{ SecretId: "other" }, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."],
  ];
  for (const [input, name, message] of cases) {
    await assertRefused(client.send(new DeleteSecretCommand({ SecretId: "db", ...input })), name, message);
  }
});

testSecrets("purge removes the secrets whose window is over, and only those", async ({ client, clock, store }) => {
  for (const [Name, days] of [
    ["a", 7],
    ["b", 20],
    ["c", undefined],
  ] as const) {
    await client.send(new CreateSecretCommand({ Name, SecretString: Name }));
    if (days) await client.send(new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: days }));
  }
  assert.equal(await store.writes.purge(clock.now()), 0);
  clock.advance(7 * millisecondsOfDay);
  assert.equal(await store.writes.purge(clock.now()), 1);
  assert.equal(await store.writes.purge(clock.now()), 0);
  const { SecretList } = await client.send(new ListSecretsCommand({ IncludePlannedDeletion: true }));
  assert.deepEqual(
    SecretList?.map(({ Name }) => Name),
    ["b", "c"],
  );
});
