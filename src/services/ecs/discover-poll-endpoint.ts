import { DiscoverPollEndpointCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../aws/operation.ts";
import { clusterArn, inCluster } from "./arns.ts";
import type { Ecs } from "./context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DiscoverPollEndpoint.html */
export const discoverPollEndpoint = operation(DiscoverPollEndpointCommand)({
  access: (input, call) => ({
    action: "ecs:DiscoverPollEndpoint",
    resource:
      input.containerInstance === undefined
        ? "*"
        : inCluster(call, clusterArn(call, input.cluster), "container-instance", input.containerInstance),
  }),
  async run(_input, _context: Ecs, { host }) {
    // An agent on another machine reaches this server under another name than one on this machine.
    const endpoint = `http://${host}`;
    return { endpoint, telemetryEndpoint: endpoint, serviceConnectEndpoint: endpoint };
  },
});
