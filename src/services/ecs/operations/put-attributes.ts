import { AttributeLimitExceededException$, PutAttributesCommand, TargetNotFoundException$ } from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { inCluster } from "../arns.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan } from "../errors.ts";
import { attributesProblem, mergeAttributes, readAttribute } from "../instances/attributes.ts";
import { findInstances } from "../instances/find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAttributes.html */
export const putAttributes = operation(PutAttributesCommand)({
  find: (input, call, context: Ecs) => {
    refuseMoreThan(10, "Attributes", input.attributes);
    const targets = input.attributes.map(({ targetId = "*" }) => targetId);
    return findInstances(context, call, input.cluster, targets);
  },
  access: inClusterNeeds,
  async run(found, input, { store, wakes }, call) {
    if (input.attributes.length === 0) throw invalidParameter("attributes can not be empty");
    const cluster = activeCluster(found.cluster);
    await store.transaction(async (records) => {
      for (const { targetId = "*", name, value } of input.attributes) {
        const arn = inCluster(call, cluster.arn, "container-instance", targetId);
        const target = found.all.find((one) => one.arn === arn)?.item;
        // Its other attributes may have changed since it was found.
        const current = target && (await records.instances.find(arn));
        if (!current || current.status === "INACTIVE") {
          throw new ApiError(TargetNotFoundException$, "The specified target wasn't found.");
        }
        const attributes = mergeAttributes(current.attributes, [readAttribute({ name, value })]);
        const problem = attributesProblem(attributes);
        if (problem !== undefined) throw new ApiError(AttributeLimitExceededException$, problem);
        await records.instances.put({ ...current, version: current.version + 1, attributes });
      }
    });
    wakes.wake("services");
    return { attributes: input.attributes };
  },
});
