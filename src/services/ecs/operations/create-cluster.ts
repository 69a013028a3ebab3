import { CreateClusterCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { newTags, tagOnCreate } from "../access.ts";
import { clusterArn, type Scope } from "../arns.ts";
import { describeClusterRecords } from "../clusters/shape.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import type { Cluster } from "../model.ts";
import { capacityProviders, ephemeralStorageKey } from "../tasks/launch-conditions.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const createCluster = operation(CreateClusterCommand)({
  access: (input, call) => {
    const resource = clusterArn(call, input.clusterName || "default");
    const conditions = {
      ...newTags(input.tags),
      ...capacityProviders(call, input.capacityProviders),
      ...ephemeralStorageKey(input.configuration),
    };
    return [
      { action: "ecs:CreateCluster", resource, conditions },
      ...tagOnCreate("CreateCluster", resource, input.tags),
    ];
  },
  async run(input, { store }: Ecs, call) {
    const name = input.clusterName || "default";
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter("Identifier contains invalid characters.");
    const cluster = await store.transaction(async (records) => {
      const current = await records.clusters.find(clusterArn(call, name));
      // Creating a cluster that is there answers with it, unchanged.
      if (current?.status === "ACTIVE") return current;
      const { settings, configuration, capacityProviders, defaultCapacityProviderStrategy, serviceConnectDefaults } =
        input;
      const made: Cluster = {
        ...newCluster(call, name),
        ...(settings && { settings }),
        ...(configuration && { configuration }),
        ...(capacityProviders && { capacityProviders }),
        ...(defaultCapacityProviderStrategy && { defaultCapacityProviderStrategy }),
        ...(serviceConnectDefaults && { serviceConnectDefaults }),
      };
      await records.clusters.put(call, made);
      await records.tags.put(made.arn, input.tags ?? []);
      return made;
    });
    const [described] = await describeClusterRecords(store, [cluster], ["TAGS", "SETTINGS", "CONFIGURATIONS"]);
    return { cluster: described! };
  },
});

/** The cluster that is meant where none is named; made unless it is there. */
export function ensureDefaultCluster({ store }: Pick<Ecs, "store">, scope: Scope): Promise<Cluster> {
  return store.transaction(async (records) => {
    const current = await records.clusters.find(clusterArn(scope, "default"));
    if (current?.status === "ACTIVE") return current;
    const made = newCluster(scope, "default");
    await records.clusters.put(scope, made);
    return made;
  });
}

function newCluster(scope: Scope, name: string): Cluster {
  const settings = [{ name: "containerInsights" as const, value: "disabled" }];
  return { arn: clusterArn(scope, name), name, status: "ACTIVE", settings };
}
