import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DescribeSecretCommand,
  GetSecretValueCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type Setting, token } from "../secrets-manager.fixture.ts";

export const SecretId = "db";
/** Where its replica is. */
export const Region = "eu-west-1";

/** Makes a secret that is replicated, and answers its ARN. */
export async function replicated({ client }: Setting, extra: Partial<CreateSecretCommandInput> = {}): Promise<string> {
  const made = { Name: SecretId, SecretString: "one", ClientRequestToken: token("a"), AddReplicaRegions: [{ Region }] };
  const { ARN = "" } = await client.send(new CreateSecretCommand({ ...made, ...extra }));
  return ARN;
}

export async function readValue(client: SecretsManagerClient, extra: object = {}): Promise<string | undefined> {
  return (await client.send(new GetSecretValueCommand({ SecretId, ...extra }))).SecretString;
}

export async function statusOf(client: SecretsManagerClient) {
  return (await client.send(new DescribeSecretCommand({ SecretId }))).ReplicationStatus;
}
