import { CreateClusterCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { newTags, tagOnCreate } from "../access.ts";
import { effectiveSetting } from "../account-settings/effective.ts";
import { clusterArn } from "../arns.ts";
import { ephemeralStorageKey } from "../clusters/access.ts";
import { type Cluster, newCluster } from "../clusters/cluster.ts";
import { readClusterCapacity } from "../clusters/read-capacity.ts";
import { clusterShape } from "../clusters/shape.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { checkNewTags } from "../tags/tags.ts";
import { capacityProviders } from "../tasks/launch-conditions.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const createCluster = operation(CreateClusterCommand)({
  access: (_found, input, call) => {
    const resource = clusterArn(call, input.clusterName || "default");
    const conditions = {
      ...newTags(input.tags),
      ...capacityProviders(call, input.capacityProviders),
      ...ephemeralStorageKey(input.configuration),
    };
    return [{ resource, conditions }, ...tagOnCreate("CreateCluster", resource, input.tags)];
  },
  async run(_found, input, { store }: Ecs, call) {
    const name = input.clusterName || "default";
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter("Identifier contains invalid characters.");
    checkNewTags(input.tags);
    const { settings, configuration, serviceConnectDefaults } = input;
    const cluster = await store.transaction(async (records) => {
      const capacity = await readClusterCapacity(records, call, input);
      const insights = await effectiveSetting(records, call, "containerInsights");
      const made: Cluster = {
        ...newCluster(call, name, insights),
        ...capacity,
        ...defined({ settings, configuration, serviceConnectDefaults }),
      };
      const current = await records.clusters.find(made.arn);
      // AWS answers with a cluster that is there already, and does not change it.
      if (current?.status === "ACTIVE") return current;
      await records.clusters.put(call, made);
      await records.tags.put(made.arn, input.tags ?? []);
      return made;
    });
    return { cluster: await clusterShape(store, cluster, ["TAGS", "SETTINGS", "CONFIGURATIONS"]) };
  },
});
