import assert from "node:assert/strict";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as client from "@aws-sdk/client-secrets-manager";
import { own } from "../rotation/rotation.fixture.ts";
import { otherPolicy, testSecrets, token } from "../secrets-manager.fixture.ts";

const SecretId = "db";
type Ask = (sm: SecretsManagerClient) => Promise<unknown>;

/** Condition keys of the secret itself, whatever the request says. */
const ofSecret = ["secretsmanager:SecretId", "secretsmanager:SecretPrimaryRegion"];

/** Requests without their optional members, and the keys that they have beside those of the secret. */
const bare: readonly (readonly [operation: string, keys: readonly string[], ask: Ask])[] = [
  ["GetSecretValue", [], (sm) => sm.send(new client.GetSecretValueCommand({ SecretId }))],
  [
    "PutResourcePolicy",
    [],
    (sm) => sm.send(new client.PutResourcePolicyCommand({ SecretId, ResourcePolicy: otherPolicy })),
  ],
  ["UpdateSecret", [], (sm) => sm.send(new client.UpdateSecretCommand({ SecretId }))],
  ["UntagResource", [], (sm) => sm.send(new client.UntagResourceCommand({ SecretId, TagKeys: [] }))],
  ["TagResource", [], (sm) => sm.send(new client.TagResourceCommand({ SecretId, Tags: [] }))],
  ["ListSecretVersionIds", [], (sm) => sm.send(new client.ListSecretVersionIdsCommand({ SecretId }))],
  [
    "ReplicateSecretToRegions",
    ["secretsmanager:AddReplicaRegions"],
    (sm) =>
      sm.send(new client.ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region: "eu-west-1" }] })),
  ],
  [
    "RemoveRegionsFromReplication",
    [],
    (sm) => sm.send(new client.RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions: ["eu-west-1"] })),
  ],
  ["DeleteSecret", [], (sm) => sm.send(new client.DeleteSecretCommand({ SecretId }))],
];

testSecrets("Condition keys hold only what a request says, and what its secret is", async (setting) => {
  await setting.client.send(new client.CreateSecretCommand({ Name: SecretId, SecretString: "a", Tags: [] }));
  const creation = setting.asked.find(({ action }) => action === "secretsmanager:CreateSecret");
  assert.deepEqual(creation?.conditions, { "secretsmanager:Name": SecretId });
  for (const [operation, expected, ask] of bare) {
    setting.asked.length = 0;
    await ask(setting.client);
    const access = setting.asked.find(({ action }) => action === `secretsmanager:${operation}`);
    const keys = Object.keys(access?.conditions ?? {}).filter((name) => !ofSecret.includes(name));
    assert.deepEqual(keys, expected, operation);
  }
});

testSecrets("RotateSecret's condition keys say whether it changes the rules, and no default", async (setting) => {
  await setting.client.send(new client.CreateSecretCommand({ Name: SecretId, SecretString: "a" }));
  const rotate = new client.RotateSecretCommand({ SecretId, RotationLambdaARN: own, ClientRequestToken: token("b") });
  await assert.rejects(setting.client.send(rotate));
  const access = setting.asked.find(({ action }) => action === "secretsmanager:RotateSecret");
  assert.equal(access?.conditions?.["secretsmanager:RotateImmediately"], undefined);
  assert.equal(access?.conditions?.["secretsmanager:ModifyRotationRules"], "false");
});

testSecrets("GetSecretValue's condition keys hold the version that a request names", async (setting) => {
  await setting.client.send(
    new client.CreateSecretCommand({ Name: SecretId, SecretString: "a", ClientRequestToken: token("a") }),
  );
  const keysOf = async (selector: object) => {
    setting.asked.length = 0;
    await setting.client.send(new client.GetSecretValueCommand({ SecretId, ...selector }));
    const { conditions = {} } = setting.asked.find(({ action }) => action === "secretsmanager:GetSecretValue") ?? {};
    return [conditions["secretsmanager:VersionId"], conditions["secretsmanager:VersionStage"]];
  };
  assert.deepEqual(await keysOf({}), [undefined, undefined]);
  assert.deepEqual(await keysOf({ VersionStage: "AWSCURRENT" }), [undefined, "AWSCURRENT"]);
  assert.deepEqual(await keysOf({ VersionId: token("a") }), [token("a"), undefined]);
});
