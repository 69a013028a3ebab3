import { DeleteCapacityProviderCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import {
  type CapacityProvider,
  capacityProviderName,
  isFargateProvider,
  providerNotFound,
} from "../capacity-providers/capacity-provider.ts";
import { findProvider, providerNeed } from "../capacity-providers/find.ts";
import { capacityProviderShape } from "../capacity-providers/shape.ts";
import type { Ecs } from "../context.ts";
import { clientError, invalidParameter } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCapacityProvider.html */
export const deleteCapacityProvider = operation(DeleteCapacityProviderCommand)({
  find: (input, call, context: Ecs) => findProvider(context, call, input.capacityProvider),
  access: providerNeed,
  async run({ arn, provider }, input, { store }, call) {
    const name = capacityProviderName(input.capacityProvider);
    if (isFargateProvider(name)) {
      throw clientError("The FARGATE and FARGATE_SPOT capacity providers are reserved and cannot be deleted.");
    }
    if (input.cluster !== undefined) {
      throw invalidParameter(
        "cluster is for capacity providers with managedInstancesProvider, which is not supported.",
      );
    }
    const deleted = await store.transaction(async (records) => {
      const current = await records.capacityProviders.find(arn);
      if (current?.status !== "ACTIVE" || current.createdAt !== provider?.createdAt) throw providerNotFound();
      const cluster = (await records.clusters.ofScope(call)).find(({ capacityProviders = [] }) =>
        capacityProviders.includes(name),
      );
      if (cluster) {
        throw clientError(
          `The capacity provider cannot be deleted because it is associated with cluster: ${cluster.name}. Remove the capacity provider from the cluster and try again.`,
        );
      }
      const next: CapacityProvider = { ...current, status: "INACTIVE", updateStatus: "DELETE_COMPLETE" };
      await records.capacityProviders.put(call, next);
      await records.tags.put(arn, []);
      return next;
    });
    return { capacityProvider: capacityProviderShape(deleted) };
  },
});
