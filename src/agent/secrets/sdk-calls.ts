import { AsyncLocalStorage } from "node:async_hooks";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { defined } from "../../defined.ts";
import type { SessionCredentials } from "../calls/sign-call.ts";
import type { SecretCalls, SecretPlace } from "./calls.ts";

export interface SdkCallOptions {
  /** In place of the sessions that calls are made with. */
  readonly credentials?: AwsCredentialIdentityProvider;
  /** Milliseconds that a single attempt may take. */
  readonly requestTimeout: number;
}

/**
 * The calls by AWS's SDK, which knows AWS's endpoints and settings. There is one client for each service, region and endpoint: a
 * new client costs as much as two calls. Each call is signed with its own session.
 */
export function sdkCalls({ credentials = currentSession, requestTimeout }: SdkCallOptions): SecretCalls<SecretPlace> {
  // Imported when first needed: loading a client takes longer than most calls.
  const secretsManager = clientsBy(async (region, endpoint) => {
    const { SecretsManager } = await import("@aws-sdk/client-secrets-manager");
    return new SecretsManager(clientConfig(region, endpoint, { credentials, requestTimeout }));
  });
  const ssm = clientsBy(async (region, endpoint) => {
    const { SSM } = await import("@aws-sdk/client-ssm");
    return new SSM(clientConfig(region, endpoint, { credentials, requestTimeout }));
  });
  return {
    async getSecretValue({ region, endpoint, session }, input) {
      const client = await secretsManager.get(region, endpoint);
      return sessions.run(session, () => client.getSecretValue(input));
    },
    async getParameters({ region, endpoint, session }, input) {
      const client = await ssm.get(region, endpoint);
      return sessions.run(session, () => client.getParameters(input));
    },
    async getParametersByPath({ region, endpoint, session }, input) {
      const client = await ssm.get(region, endpoint);
      return sessions.run(session, () => client.getParametersByPath(input));
    },
    [Symbol.dispose]() {
      secretsManager.close();
      ssm.close();
    },
  };
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

/** Milliseconds that a single attempt may take, as in AWS's agent. */
export const defaultRequestTimeout = 5_000;

export function clientConfig(
  region: string,
  endpoint: string | undefined,
  {
    credentials,
    requestTimeout = defaultRequestTimeout,
  }: {
    readonly requestTimeout?: number | undefined;
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
