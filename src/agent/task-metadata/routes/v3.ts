import { type Answer, json, type MetadataRequest } from "../answer.ts";
import type { Metadata } from "../metadata.ts";
import { containerShape } from "../shape/container.ts";
import { taskShape } from "../shape/task.ts";
import { findFor, runtimeIdOf } from "./find.ts";
import { containerStats, taskStats } from "./stats.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v3.html */
export const v3 = {
  async container(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
    const found = await findFor(metadata, id, request);
    if (!found || runtimeIdOf(found) === undefined) {
      return json(500, `V3 container metadata handler: unable to get container ID from request: ${noContainer(id)}`);
    }
    return json(200, await containerShape(metadata, found.task, found.container, 3));
  },

  async task(metadata: Metadata, id: string, request: MetadataRequest, withTags: boolean): Promise<Answer> {
    const found = await findFor(metadata, id, request);
    if (!found) return json(500, `V3 task metadata handler: unable to get task arn from request: ${noTask(id)}`);
    return json(200, await taskShape(metadata, found.task, 3, withTags));
  },

  async containerStats(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
    const handler = "V3 container stats handler";
    const found = await findFor(metadata, id, request);
    if (!found) return json(400, `${handler}: unable to get task arn from request: ${noTask(id)}`);
    const runtimeId = runtimeIdOf(found);
    if (runtimeId === undefined) {
      return json(400, `${handler}: unable to get container ID from request: ${noContainer(id)}`);
    }
    const stats = await containerStats(metadata, found.task, runtimeId).catch(() => undefined);
    return stats ? json(200, withoutRates(stats)) : json(400, `Unable to get container stats for: ${runtimeId}`);
  },

  async taskStats(metadata: Metadata, id: string, request: MetadataRequest): Promise<Answer> {
    const found = await findFor(metadata, id, request);
    if (!found) return json(400, `V3 task stats handler: unable to get task arn from request: ${noTask(id)}`);
    return json(200, eachWithoutRates(await taskStats(metadata, found.task, null)));
  },
};

/** Versions 2 and 3 have Docker's statistics alone. */
export function withoutRates(stats: object): object {
  const { network_rate_stats: _, ...rest }: { network_rate_stats?: unknown } = stats;
  return rest;
}

export function eachWithoutRates(all: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const pairs = Object.entries(all).map(([id, stats]) => [id, stats === null ? null : withoutRates(Object(stats))]);
  return Object.fromEntries(pairs);
}

function noContainer(id: string): string {
  return `unable to get docker ID from v3 endpoint ID: ${id}`;
}

function noTask(id: string): string {
  return `unable to get task Arn from v3 endpoint ID: ${id}`;
}
