import { defined } from "../defined.ts";
import { type TaskLogsInput, taskLogs } from "../services/ecs/index.ts";
import { invalidBody, membersIn, type SignedOptions, signedHandler } from "./signed-operation.ts";

/**
 * `POST /_sealift/task-logs {"cluster", "task", "container", "follow", "since", "masking"}`, signed as a request to ECS and allowed by
 * `ecs:DescribeTasks` on the task and `logs:GetLogEvents` on `log-group:/sealift/tasks/<cluster>:log-stream:<task id>/<container>`,
 * answers with the `streamUrl` and the `tokenValue` of a session, as ExecuteCommand does. See `ReadLogsMessage`. Never rejects.
 */
export function taskLogsHandler(options: SignedOptions) {
  return signedHandler(options, { name: "GetTaskLogs", read: inputIn, ...taskLogs });
}

function inputIn(body: Buffer): TaskLogsInput {
  const { cluster, task, container, follow = false, since, masking = true } = membersIn(body);
  const isText = (value: unknown) => typeof value === "string";
  const isGood =
    isText(task) &&
    isText(container) &&
    (cluster === undefined || isText(cluster)) &&
    typeof follow === "boolean" &&
    typeof masking === "boolean" &&
    (since === undefined || (typeof since === "string" && !Number.isNaN(Date.parse(since))));
  if (!isGood) {
    throw invalidBody(
      "The body must be JSON with task and container, and may have cluster, follow, since (a time) and masking",
    );
  }
  return {
    ...{ task: String(task), container: String(container) },
    ...defined({ cluster: cluster === undefined ? undefined : String(cluster) }),
    logs: {
      ...{ follow, masking },
      ...defined({ since: since === undefined ? undefined : new Date(String(since)).toISOString() }),
    },
  };
}
