import assert from "node:assert/strict";
import { CreateSecretCommand, DeleteSecretCommand, ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { millisecondsOfDay, testSecrets } from "../secrets-manager.fixture.ts";

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
