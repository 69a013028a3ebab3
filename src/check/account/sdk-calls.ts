import { type Calls, schemaOf } from "./calls.ts";

export interface SdkOptions {
  readonly region: string;
}

interface Client {
  send(command: never): Promise<unknown>;
  destroy(): void;
}

/** By namespace. A client is loaded when it is used first: loading one takes longer than most calls. */
const makers: Readonly<Record<string, (config: SdkOptions) => Promise<Client>>> = {
  "com.amazonaws.iam": async (config) => new (await import("@aws-sdk/client-iam")).IAMClient(config),
  "com.amazonaws.sts": async (config) => new (await import("@aws-sdk/client-sts")).STSClient(config),
  "com.amazonaws.organizations": async (config) =>
    new (await import("@aws-sdk/client-organizations")).OrganizationsClient(config),
  "com.amazonaws.ecs": async (config) => new (await import("@aws-sdk/client-ecs")).ECSClient(config),
  "com.amazonaws.secretsmanager": async (config) =>
    new (await import("@aws-sdk/client-secrets-manager")).SecretsManagerClient(config),
  "com.amazonaws.ssm": async (config) => new (await import("@aws-sdk/client-ssm")).SSMClient(config),
  "com.amazonaws.kms": async (config) => new (await import("@aws-sdk/client-kms")).KMSClient(config),
  "com.amazonaws.ecr": async (config) => new (await import("@aws-sdk/client-ecr")).ECRClient(config),
  "com.amazonaws.cloudwatchlogs": async (config) =>
    new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(config),
};

/** Calls by the SDK's clients, with the endpoints and the credentials of the usual AWS places. */
export function sdkCalls(options: SdkOptions): Calls {
  const made = new Map<string, Promise<Client>>();

  function clientFor(namespace: string, region: string): Promise<Client> {
    const key = `${namespace} ${region}`;
    const known = made.get(key);
    if (known) return known;
    const maker = makers[namespace];
    if (!maker) throw new Error(`Cannot call ${namespace}: src/check/account/sdk-calls.ts has no client of it`);
    const making = maker({ ...options, region });
    made.set(key, making);
    return making;
  }

  return {
    region: options.region,
    async send(command, region = options.region) {
      const [, namespace] = schemaOf(command);
      const client = await clientFor(namespace, region);
      return (await client.send(command as never)) as never;
    },
    [Symbol.dispose]() {
      for (const making of made.values()) void making.then((one) => one.destroy(), ignore);
      made.clear();
    },
  };
}

/** A client that could not be made has nothing to close; who asked for it got the error. */
function ignore(): void {}
