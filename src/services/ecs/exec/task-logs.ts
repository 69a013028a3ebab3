import type { LogsWanted } from "../../../acs/protocol.ts";
import { regionalArn } from "../../../arn.ts";
import type { Access, Call } from "../../../model/call.ts";
import { inClusterNeed } from "../clusters/access.ts";
import { activeCluster, type FoundInCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { existingTask, findTask } from "../tasks/find.ts";
import type { Task } from "../tasks/task.ts";
import { hashOfToken, newToken, tokenLifetime } from "./session.ts";
import { streamUrlOf } from "./stream-url.ts";
import { refuseUnread } from "./target.ts";

export interface TaskLogsInput {
  readonly cluster?: string;
  /** Id or ARN. */
  readonly task: string;
  readonly container: string;
  readonly logs: LogsWanted;
}

/** Where the client gets the output; see `ReadLogsMessage`. */
export interface TaskLogs {
  readonly streamUrl: string;
  readonly tokenValue: string;
}

type Found = FoundInCluster<Task>;

/**
 * The output of a container that no service keeps, read by its agent. It is nobody's API but Sealift's. Who may see a task does not
 * see its output by that: as on AWS, reading logs is a permission of its own.
 */
export const taskLogs = {
  find: (input: TaskLogsInput, call: Call, context: Ecs): Promise<Found> =>
    findTask(context, call, input.cluster, input.task),
  access(task: Found, { container }: TaskLogsInput, call: Call): readonly Access[] {
    const [, cluster = "", id = ""] = task.arn.split("/");
    const stream = `log-group:/sealift/tasks/${cluster}:log-stream:${id}/${container}`;
    return [
      { ...inClusterNeed(task), action: "ecs:DescribeTasks" },
      { action: "logs:GetLogEvents", resource: regionalArn(call, "logs", stream) },
    ];
  },
  async run(found: Found, { container, logs }: TaskLogsInput, context: Ecs, call: Call): Promise<TaskLogs> {
    const { store, ids, clock } = context;
    activeCluster(found.cluster);
    const task = existingTask(found);
    if (!task.containers.some(({ name }) => name === container)) {
      throw invalidParameter(`The container ${container} was not found in the task.`);
    }
    refuseUnread(task.instanceArn === undefined ? undefined : await store.instances.find(task.instanceArn));
    const id = `task-logs-${ids.hex(16)}`;
    const session = {
      id,
      instanceArn: task.instanceArn ?? "",
      taskArn: task.arn,
      containerName: container,
      command: "",
      owner: { arn: call.principal.arn, userId: call.principal.userId },
      targetId: "",
    };
    const tokenValue = newToken();
    await store.exec.issue({ ...session, logs }, hashOfToken(tokenValue), clock.now().getTime() + tokenLifetime);
    return { streamUrl: streamUrlOf(context, call, id), tokenValue };
  },
};
