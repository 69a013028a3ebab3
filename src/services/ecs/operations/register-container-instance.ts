import { RegisterContainerInstanceCommand } from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import { operation } from "../../../model/operation-before.ts";
import { anyInCluster, onCluster, requestTags, tagOnCreate } from "../access.ts";
import type { Ecs } from "../context.ts";
import { clientError } from "../errors.ts";
import { findCluster } from "../find.ts";
import { registrantOf } from "../instances/registrant.ts";
import { describeInstance } from "../instances/shape.ts";
import type { Instance } from "../model.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterContainerInstance.html */
export const registerContainerInstance = operation(RegisterContainerInstanceCommand)({
  async access(input, call, context: Ecs) {
    const access = await onCluster("ecs:RegisterContainerInstance")(input, call, context);
    const instance = input.containerInstanceArn ?? anyInCluster(call, input.cluster, "container-instance");
    return [
      { ...access, conditions: { ...access.conditions, ...requestTags(input.tags) } },
      ...tagOnCreate("RegisterContainerInstance", instance, input.tags),
    ];
  },
  async run(input, context: Ecs, call) {
    const { store, ids, events } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const ec2InstanceId = instanceIdOf(input.instanceIdentityDocument);
    const fresh = regionalArn(call, "ecs", `container-instance/${cluster.name}/${ids.hex(16)}`);
    const instance = await store.transaction(async (records) => {
      const current =
        input.containerInstanceArn === undefined ? undefined : await records.instances.find(input.containerInstanceArn);
      if (current && current.clusterArn !== cluster.arn) {
        throw clientError("Container instance is registered with another cluster.");
      }
      // An instance that was deregistered, or is not known here, begins anew.
      const known = current?.status === "INACTIVE" ? undefined : current;
      const made: Instance = {
        arn: known?.arn ?? fresh,
        clusterArn: cluster.arn,
        status: known?.status ?? "ACTIVE",
        version: (known?.version ?? 0) + 1,
        resources: input.totalResources ?? [],
        attributes: (input.attributes ?? []).map(({ name, value }) => ({
          name,
          ...(value !== undefined && { value }),
        })),
        registrant: known?.registrant ?? registrantOf(call.principal),
        registeredAt: known?.registeredAt ?? call.time.getTime(),
        sessionId: known?.sessionId,
        ...(input.versionInfo && { versionInfo: input.versionInfo }),
        ...(ec2InstanceId !== undefined && { ec2InstanceId }),
      };
      await records.instances.put(made);
      if (input.tags) await records.tags.put(made.arn, input.tags);
      return made;
    });
    events.wake("services");
    const live = await store.tasks.placed({ instanceArn: instance.arn });
    return { containerInstance: describeInstance(instance, live, input.tags) };
  },
});

/** EC2's identity document is JSON; machines that are none of EC2's send no or another one. */
function instanceIdOf(document: string | undefined): string | undefined {
  try {
    const { instanceId } = JSON.parse(document ?? "{}") as { instanceId?: unknown };
    return typeof instanceId === "string" ? instanceId : undefined;
  } catch {
    return undefined;
  }
}
