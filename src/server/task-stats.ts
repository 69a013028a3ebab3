import type { DispatcherOptions } from "../front-door/dispatcher.ts";
import { newCall } from "../front-door/new-call.ts";
import { ApiError } from "../model/api-error.ts";
import { type TaskStats, type TaskStatsInput, taskStats } from "../services/ecs/index.ts";
import type { WireRequest, WireResponse } from "../wire/protocol.ts";
import type { ControlPlane } from "./control-plane.ts";

export interface TaskStatsOptions {
  readonly plane: ControlPlane;
  readonly authenticate: DispatcherOptions["authenticate"];
  readonly partition: string;
}

/**
 * `POST /_sealift/task-stats {"cluster": "default", "tasks": ["<id or ARN>", …]}`, signed as a request to ECS and allowed by
 * `ecs:DescribeTasks` on each task, answers `{"tasks": [{"taskArn", "at", "containers": [{"name", "cpu", "memory", "network"}]}],
 * "failures"}`: CPU units (1,024 a vCPU), MiB and bytes a second, on average of the latest interval of 20 seconds. Never rejects.
 */
export function taskStatsHandler({ plane, authenticate, partition }: TaskStatsOptions) {
  const { clock, ids, onError } = plane.surroundings;

  async function read(request: WireRequest): Promise<TaskStats> {
    const { principal, region } = await authenticate(request, plane.service.ecs);
    const time = clock.now();
    const [requestId, eventId] = [ids.timedUuid(time), ids.timedUuid(time)];
    const call = newCall(request, { requestId, eventId, time, principal, region, partition });
    const { sourceIp, userAgent } = call;
    const record = {
      ...{ requestId, eventId, time, sourceIp, userAgent, call },
      ...{ service: "ecs", operation: "GetTaskStats", accessKeyId: undefined },
    };
    const input = inputIn(request.body);
    const found = await taskStats.find(input, call, plane.ecs);
    const accesses = taskStats.access(found);
    for (const access of accesses) {
      const message = await plane.authorize(call, access);
      if (message === undefined) continue;
      const code = "AccessDeniedException";
      await plane.audit({ ...record, accesses, error: { code, message } });
      throw new ApiError({ code, status: 400 }, message);
    }
    const answer = taskStats.run(found, plane.ecs);
    await plane.audit({ ...record, accesses });
    return answer;
  }

  return async (request: WireRequest): Promise<WireResponse> => {
    try {
      return answer(200, await read(request));
    } catch (error) {
      if (error instanceof ApiError) return answer(error.jsonStatus, { __type: error.shape, message: error.message });
      onError(error);
      return answer(500, { __type: "InternalFailure", message: "" });
    }
  };
}

function inputIn(body: Buffer): TaskStatsInput {
  let input: unknown;
  try {
    input = JSON.parse(body.toString());
  } catch {
    // Answered below.
  }
  const { cluster, tasks }: Record<string, unknown> = Object(input);
  const isText = (value: unknown) => typeof value === "string";
  if (Array.isArray(tasks) && tasks.every(isText) && (cluster === undefined || isText(cluster))) {
    return { tasks, ...(typeof cluster === "string" && { cluster }) };
  }
  throw new ApiError(
    { code: "InvalidParameterException", status: 400 },
    "The body must be JSON with tasks, a list of ids or ARNs, and may have a cluster",
  );
}

function answer(status: number, body: object): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
