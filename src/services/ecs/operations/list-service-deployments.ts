import { ListServiceDeploymentsCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { inClusterNeed } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { serviceNotFound } from "../errors.ts";
import { page, pageSize, readTextToken } from "../page.ts";
import { briefShape } from "../service-deployments/shape.ts";
import { findService } from "../services/find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html */
export const listServiceDeployments = operation(ListServiceDeploymentsCommand)({
  find: (input, call, context: Ecs) => findService(context, call, input.cluster, input.service),
  access: inClusterNeed,
  run({ cluster, item: service }, input) {
    activeCluster(cluster);
    if (!service) throw serviceNotFound();
    const { after, before } = input.createdAt ?? {};
    const shown = (service.history?.deployments ?? [])
      .filter(({ status }) => !input.status?.length || input.status.includes(status))
      .filter(({ createdAt }) => after === undefined || createdAt > after.getTime())
      .filter(({ createdAt }) => before === undefined || createdAt < before.getTime());
    const last = readTextToken(input.nextToken);
    const rest = last === "" ? shown : shown.slice(shown.findIndex(({ id }) => id === last) + 1);
    const { items, nextToken } = page(rest, pageSize(input.maxResults, 20), ({ id }) => id);
    return Promise.resolve({
      serviceDeployments: items.map((one) => briefShape(service, one)),
      ...defined({ nextToken }),
    });
  },
});
