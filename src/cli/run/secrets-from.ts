import type { SecretsFrom } from "../../agent/agent.ts";
import { silentLog } from "../../log.ts";
import { ConfigError, readConfig } from "../../server/config.ts";
import { readAccessKey, readAddress } from "../../server/data-directory.ts";
import { startSealift } from "../../server/server.ts";
import { trustAuthorities } from "../../server/tls.ts";
import { systemSurroundings } from "../../surroundings.ts";

/** Where a task's secrets come from, for as long as it is not disposed of. */
export interface Source extends AsyncDisposable {
  readonly from: SecretsFrom;
  readonly region: string;
}

export interface SourceOptions {
  readonly region?: string;
  /** The role to read as; the caller itself unless given. */
  readonly role?: string;
}

/** An AWS account, or what the SDK's endpoint settings put in its place. */
export async function fromAws({ region: asked, role }: SourceOptions): Promise<Source> {
  const { STS } = await import("@aws-sdk/client-sts");
  const sts = new STS(asked === undefined ? {} : { region: asked });
  const region = await sts.config.region().catch(() => {
    throw new ConfigError("Cannot read secrets from AWS without a region: give --region, or set AWS_REGION");
  });
  const credentials = role === undefined ? sts.config.credentials : await assumed(sts, role);
  return { from: { endpoints: [], credentials }, region, async [Symbol.asyncDispose]() {} };
}

/** The installation of a data directory: the one that runs, or else one that is started on it for a while, without tasks. */
export async function fromInstallation(data: string, { role, ...rest }: SourceOptions): Promise<Source> {
  await using owned = new AsyncDisposableStack();
  const key = readAccessKey(data);
  if (!key) {
    throw new ConfigError(`Cannot find a Sealift in ${data} to read secrets from: give --data, or --from aws`);
  }
  const running = await runningAt(data);
  const { endpoint, region } =
    running ??
    owned.use(
      await startSealift(
        readConfig({ ...rest, data, port: "0", host: "127.0.0.1", agent: false }, process.env),
        systemSurroundings(silentLog),
      ),
    );
  const caller = async () => key;
  const { STS } = await import("@aws-sdk/client-sts");
  const credentials =
    role === undefined ? caller : await assumed(new STS({ endpoint, region, credentials: key }), role);
  const source = owned.move();
  return { from: { endpoints: [endpoint], credentials }, region, [Symbol.asyncDispose]: () => source.disposeAsync() };
}

/** The address of the server on a data directory, if it answers. */
async function runningAt(data: string) {
  const address = readAddress(data);
  if (!address) return undefined;
  if (address.caCert !== undefined) trustAuthorities(address.caCert);
  return fetch(new URL("/health", address.endpoint)).then(
    (answer) => (answer.ok ? address : undefined),
    () => undefined,
  );
}

async function assumed(sts: import("@aws-sdk/client-sts").STS, role: string): Promise<SecretsFrom["credentials"]> {
  const read = async () => {
    const { Credentials: found } = await sts.assumeRole({ RoleArn: role, RoleSessionName: "sealift-run" });
    if (!found?.AccessKeyId || !found.SecretAccessKey) throw new Error("AssumeRole gave no credentials");
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = found;
    return {
      ...{ accessKeyId, secretAccessKey },
      ...(sessionToken !== undefined && { sessionToken }),
      ...(found.Expiration && { expiration: found.Expiration }),
    };
  };
  try {
    await read();
  } catch (error) {
    const why = (error as Error).message.replace(/\.$/, "");
    throw new ConfigError(
      `Cannot read secrets as ${role}: ${why}. Execution roles trust ecs-tasks.amazonaws.com only, unless they say otherwise; without --as-execution-role they are read as you`,
      { cause: error },
    );
  }
  return read;
}
