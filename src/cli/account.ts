import { Organizations } from "@aws-sdk/client-organizations";
import { randomIds } from "../ids.ts";
import { ConfigError, dataDirectory } from "../server/config.ts";
import { rootAccessKeysPath } from "../server/installation-paths.ts";
import { type Installation, runningInstallation } from "./installation.ts";
import { signedPost } from "./signed-post.ts";

interface DataFlags {
  readonly data?: string;
}

export interface CreateAccountFlags extends DataFlags {
  readonly name?: string;
  readonly id?: string;
  readonly email?: string;
}

const accountId = /^\d{12}$/;

/** Makes an account of a running installation, and prints its root access key. */
export async function createAccount({ name = "member", id, email, ...flags }: CreateAccountFlags): Promise<void> {
  if (id !== undefined) checkId(id);
  const installation = runningInstallation(dataDirectory(flags, process.env));
  const { CreateAccountStatus: status } = await installation.reached(
    clientOf(installation).createAccount({
      AccountName: name,
      Email: email ?? `${randomIds.hex(8)}@sealift.invalid`,
      Tags: id === undefined ? undefined : [{ Key: "sealift:account-id", Value: id }],
    }),
  );
  const made = status?.AccountId;
  if (made === undefined) throw new ConfigError(`Cannot make the account: ${reasons[status?.FailureReason ?? ""]}`);
  process.stderr.write(
    `Made the account ${made}; the first account's users reach it through OrganizationAccountAccessRole\n`,
  );
  await printRootKey(installation, made);
}

const reasons: Readonly<Record<string, string>> = {
  EMAIL_ALREADY_EXISTS: "another account has this --email",
  CONCURRENT_ACCOUNT_MODIFICATION: "another account has this --id",
};

/** Prints the accounts. The first one comes first. */
export async function listAccounts(flags: DataFlags): Promise<void> {
  const installation = runningInstallation(dataDirectory(flags, process.env));
  const client = clientOf(installation);
  for (let token: string | undefined; ; ) {
    const answer = await installation.reached(client.listAccounts({ NextToken: token }));
    for (const { Id: id, Name: name, JoinedTimestamp: time } of answer.Accounts ?? []) {
      process.stdout.write(`${id}  ${time?.toISOString() ?? "-".padEnd(24)}  ${name}\n`);
    }
    token = answer.NextToken;
    if (token === undefined) return;
  }
}

/** Replaces the root access key of an account, and prints the new one. */
export async function makeRootKey(id: string, flags: DataFlags): Promise<void> {
  checkId(id);
  await printRootKey(runningInstallation(dataDirectory(flags, process.env)), id);
}

async function printRootKey(installation: Installation, account: string): Promise<void> {
  const { status, body } = await installation.reached(
    signedPost(installation, "organizations", rootAccessKeysPath, { account }),
  );
  const answer = JSON.parse(body) as { accessKeyId: string; secretAccessKey: string; message?: string };
  if (status !== 200) throw new ConfigError(`Cannot make the root access key: ${answer.message}`);
  const { endpoint, region } = installation;
  const lines = {
    aws_access_key_id: answer.accessKeyId,
    aws_secret_access_key: answer.secretAccessKey,
    region,
    endpoint_url: endpoint,
  };
  const section = Object.entries(lines).map(([name, value]) => `${name} = ${value}\n`);
  process.stdout.write(`[sealift-${account}]\n${section.join("")}`);
}

function checkId(id: string): void {
  if (!accountId.test(id)) throw new ConfigError(`Cannot use account "${id}": an account's id has 12 digits`);
}

function clientOf({ endpoint, region, credentials }: Installation): Organizations {
  return new Organizations({ endpoint, region, credentials, maxAttempts: 1 });
}
