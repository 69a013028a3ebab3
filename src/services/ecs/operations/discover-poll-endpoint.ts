import { DiscoverPollEndpointCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { reachedAt } from "../reached-at.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DiscoverPollEndpoint.html */
export const discoverPollEndpoint = operation(DiscoverPollEndpointCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, _input, context: Ecs, call) {
    const endpoint = reachedAt(context, call);
    return { endpoint, telemetryEndpoint: `${endpoint}/telemetry`, serviceConnectEndpoint: endpoint };
  },
});
