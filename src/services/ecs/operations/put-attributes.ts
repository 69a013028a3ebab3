import { type Attribute, PutAttributesCommand, TargetNotFoundException$ } from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan } from "../errors.ts";
import { findCluster } from "../find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAttributes.html */
export const putAttributes = operation(PutAttributesCommand)({
  access: (input, call, context: Ecs) => {
    refuseMoreThan(10, "Attributes", input.attributes);
    return Promise.all(
      input.attributes.map(({ targetId = "*" }) =>
        accessInCluster("ecs:PutAttributes", input.cluster, "container-instance", targetId, call, context),
      ),
    );
  },
  async run(input, context, call) {
    const cluster = await findCluster(context, call, input.cluster);
    await context.store.transaction(async (records) => {
      for (const { targetId = "", name, value } of input.attributes) {
        const arn = inCluster(call, cluster.arn, "container-instance", targetId);
        const instance = await records.instances.find(arn);
        if (!instance || instance.clusterArn !== cluster.arn || instance.status === "INACTIVE") {
          throw new ApiError(TargetNotFoundException$, "The specified target wasn't found.");
        }
        const others = instance.attributes.filter((attribute) => attribute.name !== name);
        const added: Attribute = { name, ...(value !== undefined && { value }) };
        await records.instances.put({ ...instance, version: instance.version + 1, attributes: [...others, added] });
      }
    });
    context.events.wake("services");
    return { attributes: input.attributes };
  },
});
