import type { Attribute, ContainerInstance, Resource, Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { capacityProviderAttribute } from "../placement/placement.ts";
import { type Resources, registered, remaining } from "../placement/resources.ts";
import type { EcsStore } from "../store.ts";
import type { Instance } from "./instance.ts";

/** Container instances as the API shows them, with the tags that `tags` has. */
export async function instanceShapes(
  store: EcsStore,
  instances: readonly Instance[],
  tags: ReadonlyMap<string, readonly Tag[]> = new Map(),
): Promise<ContainerInstance[]> {
  const counts = await store.tasks.counts(
    "instance_arn",
    instances.map(({ arn }) => arn),
  );
  return instances.map((instance) => {
    const all = registered(instance);
    const count = (isRunning: boolean) =>
      counts
        .filter((row) => row.arn === instance.arn && (row.last_status === "RUNNING") === isRunning)
        .reduce((sum, row) => sum + row.count, 0);
    return {
      containerInstanceArn: instance.arn,
      version: instance.version,
      status: instance.status,
      agentConnected: instance.sessionId !== undefined,
      runningTasksCount: count(true),
      pendingTasksCount: count(false),
      registeredResources: toResources(all, all.gpus.length > 0),
      remainingResources: toResources(remaining(instance), all.gpus.length > 0),
      attributes: [...instance.attributes],
      registeredAt: new Date(instance.registeredAt),
      attachments: [],
      tags: [...(tags.get(instance.arn) ?? [])],
      ...defined({ capacityProviderName: instance.attributes.find(isCapacityProvider)?.value }),
      ...defined({ versionInfo: instance.versionInfo, ec2InstanceId: instance.ec2InstanceId }),
    };
  });
}

export async function instanceShape(
  store: EcsStore,
  instance: Instance,
  tags: readonly Tag[] = [],
): Promise<ContainerInstance> {
  const [shape = {}] = await instanceShapes(store, [instance], new Map([[instance.arn, tags]]));
  return shape;
}

function isCapacityProvider({ name }: Attribute): boolean {
  return name === capacityProviderAttribute;
}

function toResources({ cpu, memory, tcp, udp, gpus }: Resources, hasGpus: boolean): Resource[] {
  const unused = { doubleValue: 0, longValue: 0 };
  return [
    { name: "CPU", type: "INTEGER", ...unused, integerValue: cpu },
    { name: "MEMORY", type: "INTEGER", ...unused, integerValue: memory },
    { name: "PORTS", type: "STRINGSET", ...unused, integerValue: 0, stringSetValue: tcp.map(String) },
    { name: "PORTS_UDP", type: "STRINGSET", ...unused, integerValue: 0, stringSetValue: udp.map(String) },
    ...(hasGpus ? [{ name: "GPU", type: "STRINGSET", ...unused, integerValue: 0, stringSetValue: [...gpus] }] : []),
  ];
}
