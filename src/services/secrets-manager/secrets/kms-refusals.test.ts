import assert from "node:assert/strict";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import type { FakeKeyState } from "../fake-encryption.fixture.ts";
import { assertRefused, testSecrets } from "../secrets-manager.fixture.ts";

const disabled =
  /^Secrets Manager can't decrypt the secret value: arn:aws:kms:\S+ is disabled\. \(Service: AWSKMS; Status Code: 400; Error Code: DisabledException\)$/;
const pending =
  /^Secrets Manager can't decrypt the secret value: arn:aws:kms:\S+ is pending deletion\. \(.*KMSInvalidStateException\)$/;
const forbidden = ["AccessDeniedException", "Access to KMS is not allowed"] as const;

const refusals: [state: FakeKeyState, reading: readonly [string, string | RegExp], writing: string][] = [
  ["forbidden", forbidden, "AccessDeniedException"],
  ["disabled", ["DecryptionFailure", disabled], "EncryptionFailure"],
  ["pending-deletion", ["DecryptionFailure", pending], "EncryptionFailure"],
];

for (const [state, reading, writing] of refusals) {
  testSecrets(`a ${state} key: reading is ${reading[0]}, writing ${writing}`, async ({ client, kms }) => {
    const key = kms.addKey("mine");
    await client.send(new CreateSecretCommand({ Name: "db", SecretString: "s3cret", KmsKeyId: key }));
    kms.setState(key, state);
    const put = { SecretId: "db", SecretString: "other" };
    await assertRefused(client.send(new GetSecretValueCommand({ SecretId: "db" })), ...reading);
    await assertRefused(client.send(new PutSecretValueCommand(put)), writing);
    await assertRefused(client.send(new UpdateSecretCommand(put)), writing);
    await assertRefused(client.send(new CreateSecretCommand({ Name: "b", KmsKeyId: key })), writing);
    await assertRefused(client.send(new CreateSecretCommand({ Name: "b", SecretString: "b", KmsKeyId: key })), writing);
    kms.setState(key, "enabled");
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    assert.equal(SecretString, "s3cret");
  });
}
