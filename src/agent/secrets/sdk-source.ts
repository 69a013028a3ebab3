import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SSM } from "@aws-sdk/client-ssm";
import type { Parameter, SecretSource } from "./secret.ts";

export interface SdkSourceOptions {
  /** The execution role's session. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Where both services answer; AWS itself if not given. */
  readonly endpoint?: string;
  /** Milliseconds a single attempt may take; 5,000 as in AWS's agent. */
  readonly requestTimeout?: number;
}

/** Reads secrets with AWS's SDK, with one client for each service and region. Close it when the task has its secrets. */
export function sdkSecretSource(options: SdkSourceOptions): SecretSource & AsyncDisposable {
  // Imported when first needed: loading a client takes longer than most calls.
  const secretsManager = byRegion(async (region) => {
    const { SecretsManager } = await import("@aws-sdk/client-secrets-manager");
    return new SecretsManager(clientConfig(region, options));
  });
  const ssm = byRegion(async (region) => {
    const { SSM } = await import("@aws-sdk/client-ssm");
    return new SSM(clientConfig(region, options));
  });
  return {
    async getSecretValue(region, { secretId, versionStage, versionId }) {
      const client: SecretsManager = await secretsManager.get(region);
      const answer = await client.getSecretValue({
        SecretId: secretId,
        ...(versionStage !== undefined && { VersionStage: versionStage }),
        ...(versionId !== undefined && { VersionId: versionId }),
      });
      return answer.SecretString === undefined ? {} : { secretString: answer.SecretString };
    },
    async getParameters(region, names) {
      const client: SSM = await ssm.get(region);
      const answer = await client.getParameters({ Names: [...names], WithDecryption: true });
      return {
        parameters: (answer.Parameters ?? []).map(
          ({ Name, Value, ARN, Selector }): Parameter => ({
            name: Name ?? "",
            ...(Value !== undefined && { value: Value }),
            ...(ARN !== undefined && { arn: ARN }),
            ...(Selector !== undefined && { selector: Selector }),
          }),
        ),
        invalidParameters: answer.InvalidParameters ?? [],
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([secretsManager.close(), ssm.close()]);
    },
  };
}

function clientConfig(region: string, { credentials, endpoint, requestTimeout = 5_000 }: SdkSourceOptions) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    region,
    // Nothing else that came with them: the SDK wants an expiry as a date.
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: 3,
    retryMode: "standard",
    defaultsMode: "standard" as const,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    requestHandler: {
      requestTimeout,
      connectionTimeout: requestTimeout,
      throwOnRequestTimeout: true,
      // Its default is the console.
      logger: silent,
    },
  };
}

function ignore(): void {}
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function byRegion<Client extends { destroy(): void }>(make: (region: string) => Promise<Client>) {
  const clients = new Map<string, Promise<Client>>();
  return {
    get(region: string): Promise<Client> {
      let client = clients.get(region);
      if (client === undefined) {
        client = make(region);
        clients.set(region, client);
      }
      return client;
    },
    async close(): Promise<void> {
      for (const client of await Promise.allSettled(clients.values())) {
        if (client.status === "fulfilled") client.value.destroy();
      }
      clients.clear();
    },
  };
}
