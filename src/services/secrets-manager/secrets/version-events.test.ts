import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { Region, replicated, SecretId } from "../replication/replication.fixture.ts";
import { assertRefused, millisecondsOfDay, type Setting, testSecrets, token } from "../secrets-manager.fixture.ts";
import { secretWrites } from "./writes.ts";

const [a, b] = [token("a"), token("b")];

/** A secret of two versions; answers its ARN. */
async function makeSecret({ client, clock }: Setting): Promise<string> {
  const first = { Name: SecretId, SecretString: "one", ClientRequestToken: a };
  const { ARN } = await client.send(new CreateSecretCommand(first));
  clock.advance(1000);
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: "two", ClientRequestToken: b }));
  return ARN!;
}

/** Names and versions of the events in a region. */
async function toldIn({ eventsIn }: Setting, region?: string) {
  const events = await eventsIn(region);
  return events.map(({ eventName, additionalEventData: said }) => `${eventName} ${said!.SecretVersionId}`);
}

const told = (name: string, ...versions: readonly string[]) =>
  versions.map((version) => `${name}SecretVersionDelete ${version}`);

testSecrets(
  "The deletion of a secret leaves an event of each version when it starts and when it ends",
  async (setting) => {
    const { client, clock, database, events, eventsIn, store } = setting;
    const arn = await makeSecret(setting);
    assert.deepEqual(await eventsIn(), []);
    await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
    await assertRefused(client.send(new DeleteSecretCommand({ SecretId })), "InvalidRequestException");
    assert.deepEqual(await toldIn(setting), told("Start", a, b));
    clock.advance(7 * millisecondsOfDay - 1);
    await store.writes.purge(clock.now());
    assert.equal((await eventsIn()).length, 2);
    clock.advance(1);
    // By several processes at once.
    const processes = [store.writes, secretWrites(database, events), secretWrites(database, events)];
    await Promise.all(processes.map((writes) => writes.purge(clock.now())));
    assert.deepEqual(await toldIn(setting), [...told("Start", a, b), ...told("End", a, b)]);
    const { eventID: _, ...last } = (await eventsIn()).at(-1)!;
    const secretsManager = "secretsmanager.amazonaws.com";
    assert.deepEqual(last, {
      eventVersion: "1.11",
      userIdentity: { accountId: testAccount, invokedBy: secretsManager },
      eventTime: `${clock.now().toISOString().slice(0, 19)}Z`,
      eventSource: secretsManager,
      eventName: "EndSecretVersionDelete",
      awsRegion: testRegion,
      sourceIPAddress: secretsManager,
      userAgent: secretsManager,
      requestParameters: null,
      responseElements: null,
      additionalEventData: { SecretId: arn, SecretVersionId: b },
      readOnly: false,
      resources: [{ accountId: testAccount, type: "AWS::SecretsManager::Secret", ARN: arn }],
      eventType: "AwsServiceEvent",
      managementEvent: true,
      recipientAccountId: testAccount,
      eventCategory: "Management",
    });
  },
);

testSecrets(
  "RestoreSecret leaves an event of each version whose deletion it cancels, and only then",
  async (setting) => {
    const { client } = setting;
    await makeSecret(setting);
    await client.send(new RestoreSecretCommand({ SecretId }));
    await client.send(new DeleteSecretCommand({ SecretId }));
    await client.send(new RestoreSecretCommand({ SecretId }));
    assert.deepEqual(await toldIn(setting), [...told("Start", a, b), ...told("Cancel", a, b)]);
  },
);

testSecrets("DeleteSecret by force starts and ends at once what had not started before", async (setting) => {
  const { client } = setting;
  const force = new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true });
  const whole = [...told("Start", a, b), ...told("End", a, b)];
  await makeSecret(setting);
  await client.send(force);
  assert.deepEqual(await toldIn(setting), whole);
  setting.clock.advance(1000);
  await makeSecret(setting);
  await client.send(new DeleteSecretCommand({ SecretId }));
  await client.send(force);
  await client.send(force);
  assert.deepEqual(await toldIn(setting), [...whole, ...whole]);
});

testSecrets("CreateSecret in the place of one whose window is over tells that this is deleted", async (setting) => {
  const { client, clock } = setting;
  await makeSecret(setting);
  await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  clock.advance(7 * millisecondsOfDay);
  await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: "three" }));
  assert.deepEqual(await toldIn(setting), [...told("Start", a, b), ...told("End", a, b)]);
});

testSecrets(
  "A replica that is made anew keeps its versions, one that is removed leaves their events",
  async (setting) => {
    const { client } = setting;
    await replicated(setting);
    const again = { SecretId, AddReplicaRegions: [{ Region }], ForceOverwriteReplicaSecret: true };
    await client.send(new ReplicateSecretToRegionsCommand(again));
    assert.deepEqual(await toldIn(setting, Region), []);
    await client.send(new RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions: [Region] }));
    assert.deepEqual(await toldIn(setting, Region), [...told("Start", a), ...told("End", a)]);
    assert.deepEqual(await toldIn(setting), []);
  },
);

testSecrets("A version without labels that is one too many leaves an event when it is deleted", async (setting) => {
  const { client, clock } = setting;
  await makeSecret(setting);
  const put = () => client.send(new PutSecretValueCommand({ SecretId, SecretString: "more" }));
  for (let index = 0; index < 98; index++) await put();
  clock.advance(2 * millisecondsOfDay);
  assert.deepEqual(await toldIn(setting), []);
  await put();
  assert.deepEqual(await toldIn(setting), [`SecretVersionDeletion ${a}`]);
});
