import type {
  DiscoverPollEndpointCommandInput,
  ECS,
  RegisterContainerInstanceCommandInput,
  SubmitTaskStateChangeCommandInput,
} from "@aws-sdk/client-ecs";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { defined } from "../../defined.ts";
import type { Endpoints } from "./endpoints.ts";

/** The calls of the ECS API that an agent makes. */
export interface ControlPlane {
  /** Resolves to the ARN of the container instance. */
  register(input: RegisterContainerInstanceCommandInput): Promise<string | undefined>;
  submit(input: SubmitTaskStateChangeCommandInput, signal: AbortSignal): Promise<void>;
  /** The tags of a task or a container instance. */
  tags(arn: string): Promise<Readonly<Record<string, string>>>;
  /** Resolves to the URLs to poll and to tell telemetry at, and to the endpoint of the control plane that gave them. */
  discover(input: DiscoverPollEndpointCommandInput, signal: AbortSignal): Promise<PollEndpoint>;
  /** The connection to what `discover` gave was lost, or could not be made. */
  lost(pollEndpoint: PollEndpoint): void;
}

export interface PollEndpoint {
  readonly url: string | undefined;
  readonly telemetryUrl?: string | undefined;
  readonly from: string | undefined;
}

export interface ControlPlaneOptions {
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
}

/** Makes each call with AWS's SDK, at the endpoint that answers. */
export function connectControlPlane({
  endpoints,
  region,
  credentials,
}: ControlPlaneOptions): ControlPlane & Disposable {
  const requestHandler = { requestTimeout: 10_000, connectionTimeout: 5_000, throwOnRequestTimeout: true };
  const clients = new Map<string | undefined, ECS>();

  async function clientOf(endpoint: string | undefined): Promise<ECS> {
    // Imported when first needed: loading a client takes longer than most calls.
    const { ECS } = await import("@aws-sdk/client-ecs");
    const client = clients.get(endpoint) ?? new ECS({ region, credentials, requestHandler, ...defined({ endpoint }) });
    clients.set(endpoint, client);
    return client;
  }

  return {
    async register(input) {
      const answer = await endpoints.call(async (from) => (await clientOf(from)).registerContainerInstance(input));
      return answer.containerInstance?.containerInstanceArn;
    },
    async submit(input, abortSignal) {
      await endpoints.call(async (from) => (await clientOf(from)).submitTaskStateChange(input, { abortSignal }));
    },
    async tags(resourceArn) {
      const { tags = [] } = await endpoints.call(async (from) =>
        (await clientOf(from)).listTagsForResource({ resourceArn }),
      );
      return Object.fromEntries(tags.map(({ key, value }) => [key ?? "", value ?? ""]));
    },
    discover: (input, abortSignal) =>
      endpoints.call(async (from) => {
        const client = await clientOf(from);
        const { endpoint: url, telemetryEndpoint } = await client.discoverPollEndpoint(input, { abortSignal });
        return { url, telemetryUrl: telemetryEndpoint, from };
      }),
    lost: ({ from }) => endpoints.failed(from),
    [Symbol.dispose]() {
      for (const client of clients.values()) client.destroy();
    },
  };
}
