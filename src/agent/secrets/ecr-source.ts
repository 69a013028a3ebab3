import type { AuthorizationData } from "@aws-sdk/client-ecr";
import type { SessionCredentials } from "../calls/sign-call.ts";
import type { Endpoints } from "../link/endpoints.ts";
import { clientConfig } from "./sdk-calls.ts";

/** A token of Amazon ECR. */
export interface EcrToken {
  readonly username: string;
  readonly password: string;
  /** The URL at which the registry answers. */
  readonly proxyEndpoint: string;
}

/** Asks Amazon ECR for tokens as one caller. */
export interface EcrSource {
  /** `registryId` is the account of the registry. Rejects as AWS's SDK does. */
  getToken(region: string, registryId: string, endpoint?: string): Promise<EcrToken>;
}

export interface EcrSourceOptions {
  readonly endpoints: Endpoints;
  readonly credentials: SessionCredentials | (() => Promise<SessionCredentials>);
}

/** Asks with AWS's SDK. */
export function sdkEcrSource({ credentials, ...options }: EcrSourceOptions): EcrSource {
  return {
    async getToken(region, registryId, override) {
      // Imported when first needed: loading a client takes longer than most calls.
      const { ECR } = await import("@aws-sdk/client-ecr");
      const given = typeof credentials === "function" ? await credentials() : credentials;
      const answer = await options.endpoints.call(async (endpoint) => {
        const client = new ECR(clientConfig(region, override ?? endpoint, { credentials: given }));
        try {
          return await client.getAuthorizationToken({ registryIds: [registryId] });
        } finally {
          client.destroy();
        }
      });
      return tokenIn(answer.authorizationData?.[0]);
    },
  };
}

function tokenIn({ authorizationToken = "", proxyEndpoint }: AuthorizationData = {}): EcrToken {
  const [username = "", password] = Buffer.from(authorizationToken, "base64").toString().split(":");
  if (password === undefined || proxyEndpoint === undefined) {
    throw new Error("missing AuthorizationData in ECR response");
  }
  return { username, password, proxyEndpoint };
}
