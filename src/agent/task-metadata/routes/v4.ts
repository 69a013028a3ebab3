import { type Answer, json, type MetadataRequest } from "../answer.ts";
import type { Metadata } from "../metadata.ts";
import { containerShape } from "../shape/container.ts";
import { taskShape } from "../shape/task.ts";
import { findFor, runtimeIdOf } from "./find.ts";
import { containerStats, taskStats } from "./stats.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html */
export const v4 = {
  async container(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
    const found = await findFor(metadata, id, request);
    if (!found || runtimeIdOf(found) === undefined)
      return json(404, `V4 container metadata handler: ${noContainer(id)}`);
    return json(200, await containerShape(metadata, found.task, found.container, 4));
  },

  async task(metadata: Metadata, id: string, request: MetadataRequest, withTags: boolean): Promise<Answer> {
    const found = await findFor(metadata, id, request);
    if (!found) return json(404, `V4 task metadata handler: ${noTask(id)}`);
    return json(200, await taskShape(metadata, found.task, 4, withTags));
  },

  async containerStats(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
    const handler = "V4 container stats handler";
    const found = await findFor(metadata, id, request);
    if (!found) return json(404, `${handler}: ${noTask(id)}`);
    const runtimeId = runtimeIdOf(found);
    if (runtimeId === undefined) return json(404, `${handler}: ${noContainer(id)}`);
    const stats = await containerStats(metadata, found.task, runtimeId).catch(() => undefined);
    return stats ? json(200, stats) : json(500, `Unable to get container stats for: ${runtimeId}`);
  },

  async taskStats(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
    const found = await findFor(metadata, id, request);
    if (!found) return json(404, `V4 task stats handler: ${noTask(id)}`);
    return json(200, await taskStats(metadata, found.task, {}));
  },
};

function noContainer(id: string): string {
  return `unable to get container ID from request: unable to get docker ID from v3 endpoint ID: ${id}`;
}

function noTask(id: string): string {
  return `unable to get task arn from request: unable to get task Arn from v3 endpoint ID: ${id}`;
}
