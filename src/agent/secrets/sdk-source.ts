import { AsyncLocalStorage } from "node:async_hooks";
import type { Parameter as ApiParameter } from "@aws-sdk/client-ssm";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { defined } from "../../defined.ts";
import type { Endpoints } from "../link/endpoints.ts";
import type { Parameter, ReadVersion, SecretSource } from "./secret.ts";

export interface SdkSourceOptions {
  /** Where both services answer. */
  readonly endpoints: Endpoints;
  /** In place of the sessions that calls are made with. */
  readonly credentials?: AwsCredentialIdentityProvider;
  /** Milliseconds a single attempt may take; 5,000 as in AWS's agent. */
  readonly requestTimeout?: number;
}

/** A session of a role. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SecretSources extends Disposable {
  /** Reads with the given session. */
  as(session: SessionCredentials): SecretSource;
}

/**
 * Read secrets with AWS's SDK. All tasks share one client for each service, region and endpoint, and its connections: a new client
 * costs as much as two calls. Each call is signed with the session of its own task.
 */
export function sdkSecretSources(options: SdkSourceOptions): SecretSources {
  const { endpoints } = options;
  // Imported when first needed: loading a client takes longer than most calls.
  const secretsManager = clientsBy(async (region, endpoint) => {
    const { SecretsManager } = await import("@aws-sdk/client-secrets-manager");
    return new SecretsManager(
      clientConfig(region, endpoint, { ...options, credentials: options.credentials ?? currentSession }),
    );
  });
  const ssm = clientsBy(async (region, endpoint) => {
    const { SSM } = await import("@aws-sdk/client-ssm");
    return new SSM(clientConfig(region, endpoint, { ...options, credentials: options.credentials ?? currentSession }));
  });
  return {
    as: (session) => ({
      async getSecretValue(region, { secretId, versionStage, versionId }) {
        const answer = await endpoints.call(async (endpoint) => {
          const client = await secretsManager.get(region, endpoint);
          const input = { SecretId: secretId, VersionStage: versionStage, VersionId: versionId };
          return sessions.run(session, () => client.getSecretValue(input));
        });
        return defined({
          secretString: answer.SecretString,
          secretBinary: answer.SecretBinary,
          read: readOf(answer.ARN, answer.VersionId),
        });
      },
      async getParameters(region, names) {
        const answer = await endpoints.call(async (endpoint) => {
          const client = await ssm.get(region, endpoint);
          return sessions.run(session, () => client.getParameters({ Names: [...names], WithDecryption: true }));
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
            const client = await ssm.get(region, endpoint);
            const input = { Path, Recursive: true, WithDecryption: true, MaxResults: 10, NextToken };
            return sessions.run(session, () => client.getParametersByPath(input));
          });
          all.push(...(answer.Parameters ?? []).map(toParameter));
          NextToken = answer.NextToken;
          if (!NextToken) return all;
        }
      },
    }),
    [Symbol.dispose]() {
      secretsManager.close();
      ssm.close();
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

/** The session with which a shared client signs what is being called. */
const sessions = new AsyncLocalStorage<SessionCredentials>();

/** Asked for every call, as the SDK keeps nothing of a provider that says it does so itself. */
const currentSession = Object.assign(
  async () => {
    const session = sessions.getStore();
    if (!session) throw new Error("A secret is read with no session");
    return identityOf(session);
  },
  { memoized: true },
);

/** Nothing else that came with them: the SDK wants an expiry as a date. */
function identityOf({ accessKeyId, secretAccessKey, sessionToken }: SessionCredentials): AwsCredentialIdentity {
  return { accessKeyId, secretAccessKey, ...defined({ sessionToken }) };
}

export function clientConfig(
  region: string,
  endpoint: string | undefined,
  {
    credentials,
    requestTimeout = 5_000,
  }: Pick<SdkSourceOptions, "requestTimeout"> & {
    readonly credentials: SessionCredentials | AwsCredentialIdentityProvider;
  },
) {
  return {
    region,
    credentials: typeof credentials === "function" ? credentials : identityOf(credentials),
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
    close(): void {
      for (const client of clients.values()) {
        void client.then(
          (made) => made.destroy(),
          () => {}, // who asked for it heard
        );
      }
      clients.clear();
    },
  };
}
