import { UpdateCapacityProviderCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import {
  type CapacityProvider,
  changeGroupProvider,
  providerNotFound,
} from "../capacity-providers/capacity-provider.ts";
import { findProvider, managedInstancesKeys, providerNeed } from "../capacity-providers/find.ts";
import { capacityProviderShape } from "../capacity-providers/shape.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCapacityProvider.html */
export const updateCapacityProvider = operation(UpdateCapacityProviderCommand)({
  find: (input, call, context: Ecs) => findProvider(context, call, input.name),
  access(found, input) {
    const { resource, conditions } = providerNeed(found);
    return { resource, conditions: { ...conditions, ...managedInstancesKeys(input.managedInstancesProvider) } };
  },
  async run({ arn, provider, tags }, input, { store }, call) {
    const { autoScalingGroupProvider: change } = input;
    if (input.managedInstancesProvider) throw invalidParameter("managedInstancesProvider is not supported.");
    if (input.cluster !== undefined) {
      throw invalidParameter(
        "cluster is for capacity providers with managedInstancesProvider, which is not supported.",
      );
    }
    if (!change) throw invalidParameter("The autoScalingGroupProvider of a capacity provider must be specified.");
    const next = await store.transaction(async (records) => {
      const current = await records.capacityProviders.find(arn);
      // Another provider of that name is not the one that was authorised.
      if (current?.status !== "ACTIVE" || current.createdAt !== provider?.createdAt) throw providerNotFound();
      const { updateStatus: _, ...kept } = current;
      const next: CapacityProvider = {
        ...kept,
        autoScalingGroupProvider: changeGroupProvider(current.autoScalingGroupProvider, change),
        updateStatus: "UPDATE_COMPLETE",
      };
      await records.capacityProviders.put(call, next);
      return next;
    });
    return { capacityProvider: capacityProviderShape(next, tags) };
  },
});
