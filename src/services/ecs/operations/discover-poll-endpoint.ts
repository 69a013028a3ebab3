import { DiscoverPollEndpointCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DiscoverPollEndpoint.html */
export const discoverPollEndpoint = operation(DiscoverPollEndpointCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, _input, _context: Ecs, { host }) {
    // An agent on another machine reaches this server under another name than one on this machine.
    const endpoint = `http://${host}`;
    return { endpoint, telemetryEndpoint: endpoint, serviceConnectEndpoint: endpoint };
  },
});
