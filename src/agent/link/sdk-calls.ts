import type { ECS } from "@aws-sdk/client-ecs";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { AgentOperations, Call } from "./calls.ts";

export interface SdkCallOptions {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** Milliseconds that a single attempt may take. */
  readonly requestTimeout: number;
}

type By = {
  readonly [Name in keyof AgentOperations]: (
    client: ECS,
    input: Parameters<AgentOperations[Name]>[0],
    options: { readonly abortSignal?: AbortSignal },
  ) => Promise<ReturnType<AgentOperations[Name]>>;
};

const by: By = {
  RegisterContainerInstance: (client, input, options) => client.registerContainerInstance(input, options),
  SubmitTaskStateChange: (client, input, options) => client.submitTaskStateChange(input, options),
  ListTagsForResource: (client, input, options) => client.listTagsForResource(input, options),
  DiscoverPollEndpoint: (client, input, options) => client.discoverPollEndpoint(input, options),
};

/** The calls by AWS's SDK, which knows AWS's endpoints and settings. */
export function sdkCalls({
  region,
  credentials,
  requestTimeout,
}: SdkCallOptions): { readonly call: Call } & Disposable {
  const requestHandler = { requestTimeout, connectionTimeout: 5_000, throwOnRequestTimeout: true };
  let client: ECS | undefined;
  const call: Call = async (name, input, abortSignal) => {
    // Imported when first needed: loading a client takes longer than most calls.
    const { ECS } = await import("@aws-sdk/client-ecs");
    client ??= new ECS({ region, credentials, requestHandler });
    return by[name](client, input, { ...(abortSignal && { abortSignal }) });
  };
  return { call, [Symbol.dispose]: () => client?.destroy() };
}
