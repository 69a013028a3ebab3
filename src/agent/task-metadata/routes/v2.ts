import type { AgentTask } from "../../engine/task.ts";
import { type Answer, json, type MetadataRequest } from "../answer.ts";
import type { Metadata } from "../metadata.ts";
import { containerShape } from "../shape/container.ts";
import { taskShape } from "../shape/task.ts";
import { containerStats, taskStats } from "./stats.ts";
import { eachWithoutRates, withoutRates } from "./v3.ts";

/**
 * Version 2 tells a task by the address that the request comes from, so it serves awsvpc tasks only. `container` is the runtime's
 * id, and is looked for in that task: AWS's agent shows every container of the machine.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v2.html
 */
export const v2 = {
  async metadata(metadata: Metadata, container: string, request: MetadataRequest, withTags: boolean): Promise<Answer> {
    const task = taskAt(metadata, request);
    if (!task) return unknown(request);
    if (container === "") return json(200, await taskShape(metadata, task, 3, withTags));
    const found = task.containers.find(({ attempt }) => attempt.runtimeId === container);
    if (!found) return json(400, `Unable to generate metadata for container '${container}'`);
    return json(200, await containerShape(metadata, task, found.name, 3));
  },

  async stats(metadata: Metadata, container: string, request: MetadataRequest): Promise<Answer> {
    const task = taskAt(metadata, request);
    if (!task) return unknown(request);
    if (container === "") return json(200, eachWithoutRates(await taskStats(metadata, task, null)));
    const isOwn = task.containers.some(({ attempt }) => attempt.runtimeId === container);
    const stats = isOwn ? await containerStats(metadata, task, container).catch(() => undefined) : undefined;
    return stats ? json(200, withoutRates(stats)) : json(400, `Unable to get container stats for: ${container}`);
  },
};

function unknown({ from }: MetadataRequest): Answer {
  return json(400, `Unable to get task arn from request: unable to associate '${from}' with task`);
}

/** Addresses are given to new tasks once the old ones have stopped. */
function taskAt({ tasks }: Metadata, { from }: MetadataRequest): AgentTask | undefined {
  const there = tasks().filter(({ payload: { networkMode, elasticNetworkInterfaces = [] } }) => {
    const addresses = elasticNetworkInterfaces.flatMap(({ ipv4Addresses }) => ipv4Addresses);
    return networkMode === "awsvpc" && addresses.some(({ privateAddress }) => privateAddress === from);
  });
  return there.find(({ stoppedAt }) => stoppedAt === undefined);
}
