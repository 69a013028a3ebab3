import type { ContainerInstance, Resource, Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { PlacedTask } from "../placement/placed-task.ts";
import { type Resources, registered, remaining } from "../placement/resources.ts";
import type { Instance } from "./instance.ts";

/** A container instance as the API shows it. `live` are its tasks that have not stopped. */
export function instanceShape(
  instance: Instance,
  live: readonly PlacedTask[],
  tags: readonly Tag[] = [],
): ContainerInstance {
  return {
    containerInstanceArn: instance.arn,
    version: instance.version,
    status: instance.status,
    agentConnected: instance.sessionId !== undefined,
    runningTasksCount: live.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
    pendingTasksCount: live.filter(({ lastStatus }) => lastStatus !== "RUNNING").length,
    registeredResources: toResources(registered(instance)),
    remainingResources: toResources(remaining(instance, live)),
    attributes: [...instance.attributes],
    registeredAt: new Date(instance.registeredAt),
    attachments: [],
    tags: [...tags],
    ...defined({ versionInfo: instance.versionInfo, ec2InstanceId: instance.ec2InstanceId }),
  };
}

function toResources({ cpu, memory, tcp, udp }: Resources): Resource[] {
  const unused = { doubleValue: 0, longValue: 0 };
  return [
    { name: "CPU", type: "INTEGER", ...unused, integerValue: cpu },
    { name: "MEMORY", type: "INTEGER", ...unused, integerValue: memory },
    { name: "PORTS", type: "STRINGSET", ...unused, integerValue: 0, stringSetValue: tcp.map(String) },
    { name: "PORTS_UDP", type: "STRINGSET", ...unused, integerValue: 0, stringSetValue: udp.map(String) },
  ];
}
