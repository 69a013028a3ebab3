import { RegisterContainerInstanceCommand } from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { anyInCluster, requestTags, tagOnCreate } from "../access.ts";
import { clusterNeed } from "../clusters/access.ts";
import { activeCluster, findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { clientError } from "../errors.ts";
import type { Instance } from "../instances/instance.ts";
import { refuseOtherMachine, registrantOf } from "../instances/registrant.ts";
import { readRegistration } from "../instances/registration.ts";
import { instanceShape } from "../instances/shape.ts";
import { nothingReserved } from "../placement/reserved.ts";
import { checkNewTags } from "../tags/tags.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterContainerInstance.html */
export const registerContainerInstance = operation(RegisterContainerInstanceCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access(cluster, input, call) {
    const { resource, conditions } = clusterNeed(cluster);
    const instance = input.containerInstanceArn ?? anyInCluster(call, cluster.arn, "container-instance");
    return [
      { resource, conditions: { ...conditions, ...requestTags(input.tags) } },
      ...tagOnCreate("RegisterContainerInstance", instance, input.tags),
    ];
  },
  async run(found, input, { store, ids, wakes }, call) {
    const cluster = activeCluster(found);
    checkNewTags(input.tags);
    const { resources, attributes, versionInfo } = readRegistration(input);
    const ec2InstanceId = instanceIdOf(input.instanceIdentityDocument);
    const fresh = regionalArn(call, "ecs", `container-instance/${cluster.name}/${ids.hex(16)}`);
    const instance = await store.transaction(async (records) => {
      const current =
        input.containerInstanceArn === undefined ? undefined : await records.instances.find(input.containerInstanceArn);
      if (current && current.clusterArn !== cluster.arn) {
        throw clientError("Container instance is registered with another cluster.");
      }
      // An instance that was deregistered, or that this cluster does not know, gets a new ARN.
      const known = current?.status === "INACTIVE" ? undefined : current;
      if (known) refuseOtherMachine(call.principal, known, "ecs:RegisterContainerInstance");
      const made: Instance = {
        arn: known?.arn ?? fresh,
        clusterArn: cluster.arn,
        status: known?.status ?? "ACTIVE",
        version: (known?.version ?? 0) + 1,
        resources,
        attributes,
        registrant: known?.registrant ?? registrantOf(call.principal),
        registeredAt: known?.registeredAt ?? call.time.getTime(),
        sessionId: known?.sessionId,
        reserved: known?.reserved ?? nothingReserved,
        ...defined({ versionInfo, ec2InstanceId }),
      };
      await records.instances.put(made);
      if (input.tags) await records.tags.put(made.arn, input.tags);
      return made;
    });
    wakes.wake("services");
    return { containerInstance: await instanceShape(store, instance, input.tags) };
  },
});

/** The id in EC2's identity document. Machines outside EC2 send none, or another text. */
function instanceIdOf(document: string | undefined): string | undefined {
  try {
    const { instanceId } = JSON.parse(document ?? "{}") as { instanceId?: unknown };
    return typeof instanceId === "string" && instanceId.length <= 64 ? instanceId : undefined;
  } catch {
    return undefined;
  }
}
