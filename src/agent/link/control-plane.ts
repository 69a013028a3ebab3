import type {
  DiscoverPollEndpointCommandInput,
  RegisterContainerInstanceCommandInput,
  SubmitTaskStateChangeCommandInput,
} from "@aws-sdk/client-ecs";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../../clock.ts";
import { jsonCalls } from "../calls/json-calls.ts";
import type { AgentOperations, Call } from "./calls.ts";
import type { Endpoints } from "./endpoints.ts";
import { sdkCalls } from "./sdk-calls.ts";

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
  readonly clock: Clock;
}

/** Milliseconds that a single attempt may take. */
const requestTimeout = 10_000;

/** Makes each call at the endpoint that answers. At AWS itself, AWS's SDK makes them. */
export function connectControlPlane(options: ControlPlaneOptions): ControlPlane & Disposable {
  const { endpoints, region, credentials, clock } = options;
  const own = jsonCalls({ clock, requestTimeout });
  const sdk = sdkCalls({ region, credentials, requestTimeout });

  function callAt(endpoint: string | undefined): Call {
    if (endpoint === undefined) return sdk.call;
    return async (name, input, signal) => {
      const place = { endpoint, region, session: await credentials() };
      const operation = { service: "ecs", target: `AmazonEC2ContainerServiceV20141113.${name}` };
      return (await own.call(place, operation, input, signal)) as ReturnType<AgentOperations[typeof name]>;
    };
  }
  const call: Call = (...words) => endpoints.call((from) => callAt(from)(...words));

  return {
    async register(input) {
      return (await call("RegisterContainerInstance", input)).containerInstance?.containerInstanceArn;
    },
    async submit(input, signal) {
      await call("SubmitTaskStateChange", input, signal);
    },
    async tags(resourceArn) {
      const { tags = [] } = await call("ListTagsForResource", { resourceArn });
      return Object.fromEntries(tags.map(({ key, value }) => [key ?? "", value ?? ""]));
    },
    discover: (input, signal) =>
      endpoints.call(async (from) => {
        const { endpoint: url, telemetryEndpoint } = await callAt(from)("DiscoverPollEndpoint", input, signal);
        return { url, telemetryUrl: telemetryEndpoint, from };
      }),
    lost: ({ from }) => endpoints.failed(from),
    [Symbol.dispose]() {
      own[Symbol.dispose]();
      sdk[Symbol.dispose]();
    },
  };
}
