import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";

const SecretId = "shop/database";

/** Where the shop's database is: the program under test. */
export async function databaseUrl(secrets) {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const { username, password, host } = JSON.parse(SecretString);
  return `postgres://${username}:${encodeURIComponent(password)}@${host}/shop`;
}

/** Gives the database's user another password. */
export async function changePassword(secrets, password) {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const changed = JSON.stringify({ ...JSON.parse(SecretString), password });
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: changed }));
}
