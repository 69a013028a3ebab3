import type { Tag } from "@aws-sdk/client-ecs";
import { lastPart } from "../arns.ts";
import type { Records } from "../store.ts";
import { taskTags } from "../tags/tags.ts";
import type { ServiceRecord } from "./service.ts";

/** The tags of a service's new task. */
export async function serviceTaskTags(
  records: Records,
  service: ServiceRecord,
  definitionArn: string,
): Promise<readonly Tag[]> {
  const source = { SERVICE: service.arn, TASK_DEFINITION: definitionArn, NONE: undefined }[
    service.propagateTags ?? "NONE"
  ];
  const propagated = source === undefined ? [] : await records.tags.get(source);
  const managed = {
    "aws:ecs:clusterName": lastPart(service.clusterArn),
    "aws:ecs:serviceName": service.name,
  };
  return taskTags([], propagated, service.enableECSManagedTags ? managed : {});
}
