import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { Parameter as ApiParameter, SSM } from "@aws-sdk/client-ssm";
import { defined } from "../../defined.ts";
import type { Endpoints } from "../link/endpoints.ts";
import type { Parameter, ReadVersion, SecretSource } from "./secret.ts";

export interface SdkSourceOptions {
  /** The execution role's session. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Where both services answer. */
  readonly endpoints: Endpoints;
  /** Milliseconds a single attempt may take; 5,000 as in AWS's agent. */
  readonly requestTimeout?: number;
}

/** Reads secrets with AWS's SDK, with one client for each service, region and endpoint. Close it when the task has its secrets. */
export function sdkSecretSource(options: SdkSourceOptions): SecretSource & AsyncDisposable {
  const { endpoints } = options;
  // Imported when first needed: loading a client takes longer than most calls.
  const secretsManager = clientsBy(async (region, endpoint) => {
    const { SecretsManager } = await import("@aws-sdk/client-secrets-manager");
    return new SecretsManager(clientConfig(region, endpoint, options));
  });
  const ssm = clientsBy(async (region, endpoint) => {
    const { SSM } = await import("@aws-sdk/client-ssm");
    return new SSM(clientConfig(region, endpoint, options));
  });
  return {
    async getSecretValue(region, { secretId, versionStage, versionId }) {
      const answer = await endpoints.call(async (endpoint) => {
        const client: SecretsManager = await secretsManager.get(region, endpoint);
        const input = { SecretId: secretId, VersionStage: versionStage, VersionId: versionId };
        return client.getSecretValue(input);
      });
      return defined({
        secretString: answer.SecretString,
        secretBinary: answer.SecretBinary,
        read: readOf(answer.ARN, answer.VersionId),
      });
    },
    async getParameters(region, names) {
      const answer = await endpoints.call(async (endpoint) => {
        const client: SSM = await ssm.get(region, endpoint);
        return client.getParameters({ Names: [...names], WithDecryption: true });
      });
      return {
        parameters: (answer.Parameters ?? []).map(toParameter),
        invalidParameters: answer.InvalidParameters ?? [],
      };
    },
    async getParametersByPath(region, Path) {
      const all: Parameter[] = [];
      for (let NextToken: string | undefined; ; ) {
        const answer = await endpoints.call(async (endpoint) => {
          const client: SSM = await ssm.get(region, endpoint);
          return client.getParametersByPath({ Path, Recursive: true, WithDecryption: true, MaxResults: 10, NextToken });
        });
        all.push(...(answer.Parameters ?? []).map(toParameter));
        NextToken = answer.NextToken;
        if (!NextToken) return all;
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([secretsManager.close(), ssm.close()]);
    },
  };
}

function toParameter({ Name, Value, ARN, Selector, Version, SourceResult }: ApiParameter): Parameter {
  const read = secretBehind(SourceResult) ?? readOf(ARN, Version?.toString());
  return { name: Name ?? "", ...defined({ value: Value, arn: ARN, selector: Selector, read }) };
}

/** Names below `/aws/reference/secretsmanager/` are secrets; the answer tells of them as JSON. */
function secretBehind(sourceResult: string | undefined): ReadVersion | undefined {
  try {
    const { ARN, versionId } = Object(JSON.parse(sourceResult ?? "{}"));
    return readOf(ARN, versionId);
  } catch {
    return undefined;
  }
}

function readOf(arn: unknown, version: unknown): ReadVersion | undefined {
  return typeof arn === "string" && typeof version === "string" ? { arn, version } : undefined;
}

export function clientConfig(
  region: string,
  endpoint: string | undefined,
  { credentials, requestTimeout = 5_000 }: Pick<SdkSourceOptions, "credentials" | "requestTimeout">,
) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    region,
    // Nothing else that came with them: the SDK wants an expiry as a date.
    credentials: { accessKeyId, secretAccessKey, ...defined({ sessionToken }) },
    ...defined({ endpoint }),
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

function clientsBy<Client extends { destroy(): void }>(
  make: (region: string, endpoint: string | undefined) => Promise<Client>,
) {
  const clients = new Map<string, Promise<Client>>();
  return {
    get(region: string, endpoint: string | undefined): Promise<Client> {
      const place = `${region} ${endpoint}`;
      const client = clients.get(place) ?? make(region, endpoint);
      clients.set(place, client);
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
