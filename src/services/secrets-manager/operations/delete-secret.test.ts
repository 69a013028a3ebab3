import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { Region, replicated, SecretId } from "../replication/replication.fixture.ts";
import {
  assertNotOutrun,
  assertRefused,
  millisecondsOfDay,
  replaceSecret,
  testSecrets,
  token,
} from "../secrets-manager.fixture.ts";

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

testSecrets("DeleteSecret refuses a secret that has replicas", async (setting) => {
  const { client } = setting;
  const arn = await replicated(setting, { AddReplicaRegions: [{ Region }, { Region: "us-west-2" }] });
  for (const extra of [{}, { ForceDeleteWithoutRecovery: true }]) {
    await assertRefused(
      client.send(new DeleteSecretCommand({ SecretId, ...extra })),
      "InvalidParameterException",
      `You can't delete secret ${arn} that still has replica regions [eu-west-1, us-west-2].`,
    );
  }
  const remove = { SecretId, RemoveReplicaRegions: [Region, "us-west-2"] };
  await client.send(new RemoveRegionsFromReplicationCommand(remove));
  await client.send(new DeleteSecretCommand({ SecretId }));
  const again = new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region }] });
  await assertRefused(client.send(again), "InvalidRequestException", /because it was marked for deletion\.$/);
});

testSecrets("DeleteSecret deletes the secret that was authorised, or is refused", async (setting) => {
  const { client, onceAuthorised } = setting;
  const { ARN } = await client.send(new CreateSecretCommand({ Name: "db", SecretString: "a" }));
  const remove = (input: object = {}) => client.send(new DeleteSecretCommand({ SecretId: "db", ...input }));
  await assertNotOutrun(setting, "DeleteSecret", remove);
  onceAuthorised("secretsmanager:DeleteSecret", () => replaceSecret(setting));
  await assertRefused(remove(), "ResourceNotFoundException");
  const described = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
  assert.notEqual(described.ARN, ARN);
  assert.equal(described.DeletedDate, undefined);
  // By force, what is gone counts as deleted; the other secret stays.
  onceAuthorised("secretsmanager:DeleteSecret", () => replaceSecret(setting));
  assert.equal((await remove({ ForceDeleteWithoutRecovery: true })).ARN, described.ARN);
  assert.notEqual((await client.send(new DescribeSecretCommand({ SecretId: "db" }))).ARN, described.ARN);
});
