import { type TaskStatsInput, taskStats } from "../services/ecs/index.ts";
import { invalidBody, membersIn, type SignedOptions, signedHandler } from "./signed-operation.ts";

/**
 * `POST /_sealift/task-stats {"cluster": "default", "tasks": ["<id or ARN>", …]}`, signed as a request to ECS and allowed by
 * `ecs:DescribeTasks` on each task, answers `{"tasks": [{"taskArn", "at", "containers": [{"name", "cpu", "memory", "network"}]}],
 * "failures"}`: CPU units (1,024 a vCPU), MiB and bytes a second, on average of the latest interval of 20 seconds. Never rejects.
 */
export function taskStatsHandler(options: SignedOptions) {
  return signedHandler(options, {
    name: "GetTaskStats",
    read: inputIn,
    find: taskStats.find,
    access: taskStats.access,
    run: (found, _input, context) => taskStats.run(found, context),
  });
}

function inputIn(body: Buffer): TaskStatsInput {
  const { cluster, tasks } = membersIn(body);
  const isText = (value: unknown) => typeof value === "string";
  if (Array.isArray(tasks) && tasks.every(isText) && (cluster === undefined || isText(cluster))) {
    return { tasks, ...(typeof cluster === "string" && { cluster }) };
  }
  throw invalidBody("The body must be JSON with tasks, a list of ids or ARNs, and may have a cluster");
}
