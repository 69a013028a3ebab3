import { CreateCapacityProviderCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { newTags, resourceTags, tagOnCreate } from "../access.ts";
import {
  type CapacityProvider,
  capacityProviderArn,
  checkProviderName,
  readGroupProvider,
} from "../capacity-providers/capacity-provider.ts";
import { findProvider, managedInstancesKeys } from "../capacity-providers/find.ts";
import { capacityProviderShape } from "../capacity-providers/shape.ts";
import type { Ecs } from "../context.ts";
import { clientError, invalidParameter } from "../errors.ts";
import { checkNewTags } from "../tags/tags.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html */
export const createCapacityProvider = operation(CreateCapacityProviderCommand)({
  find: (input, call, context: Ecs) => findProvider(context, call, capacityProviderArn(call, input.name)),
  access: ({ arn, tags }, input) => [
    {
      resource: arn,
      conditions: {
        ...resourceTags(tags),
        ...newTags(input.tags),
        ...managedInstancesKeys(input.managedInstancesProvider),
      },
    },
    ...tagOnCreate("CreateCapacityProvider", arn, input.tags),
  ],
  async run({ arn }, input, { store }, call) {
    if (input.managedInstancesProvider) throw invalidParameter("managedInstancesProvider is not supported.");
    if (input.cluster !== undefined) {
      throw invalidParameter(
        "cluster is for capacity providers with managedInstancesProvider, which is not supported.",
      );
    }
    if (!input.autoScalingGroupProvider) {
      throw clientError("The autoScalingGroupProvider of a capacity provider must be specified.");
    }
    checkProviderName(input.name);
    checkNewTags(input.tags);
    const made: CapacityProvider = {
      arn,
      name: input.name,
      status: "ACTIVE",
      autoScalingGroupProvider: readGroupProvider(input.autoScalingGroupProvider),
      createdAt: call.time.getTime(),
    };
    const group = made.autoScalingGroupProvider.autoScalingGroupArn;
    await store.transaction(async (records) => {
      for (const other of await records.capacityProviders.list(call)) {
        if (other.arn === arn) {
          throw clientError(
            "The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.",
          );
        }
        if (other.autoScalingGroupProvider.autoScalingGroupArn === group) {
          throw clientError(
            "The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
          );
        }
      }
      await records.capacityProviders.put(call, made);
      await records.tags.put(arn, input.tags ?? []);
    });
    return { capacityProvider: capacityProviderShape(made, input.tags) };
  },
});
