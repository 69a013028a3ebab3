import { DiscoverPollEndpointCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DiscoverPollEndpoint.html */
export const discoverPollEndpoint = operation(DiscoverPollEndpointCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, _input, { publicUrl }: Ecs, { host, isSecure }) {
    // An agent on another machine reaches this server under another name than one on this machine.
    const own = `${isSecure ? "https" : "http"}://${host}`;
    // Whoever came through the operator's proxy goes through it again.
    const endpoint = publicUrl !== undefined && new URL(publicUrl).host === host ? publicUrl : own;
    return { endpoint, telemetryEndpoint: `${endpoint}/telemetry`, serviceConnectEndpoint: endpoint };
  },
});
