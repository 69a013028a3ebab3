import { ExecuteCommandCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { targetIdOf } from "../../../session-manager/encryption.ts";
import { resourceTags } from "../access.ts";
import { inClusterCondition } from "../clusters/access.ts";
import { activeCluster, findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { type ExecSession, hashOfToken, newToken, tokenLifetime } from "../exec/session.ts";
import { streamUrlOf } from "../exec/stream-url.ts";
import { refuseUnconnected, targetContainer, wantedOf } from "../exec/target.ts";
import { existingTask, findTask } from "../tasks/find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html */
export const executeCommand = operation(ExecuteCommandCommand)({
  find: async (input, call, context: Ecs) => ({
    task: await findTask(context, call, input.cluster, input.task),
    cluster: await findTaggedCluster(context, call, input.cluster),
  }),
  access({ task, cluster }, input) {
    const conditions = {
      ...inClusterCondition(cluster),
      ...defined({ "ecs:container-name": input.container }),
      "ecs:task": task.arn,
    };
    return [task, cluster].map(({ arn: resource, tags }) => ({
      resource,
      conditions: { ...conditions, ...resourceTags(tags) },
    }));
  },
  async run({ task: found }, input, context, call) {
    const { store, ids, clock } = context;
    const cluster = activeCluster(found.cluster);
    if (!input.interactive) throw invalidParameter("Interactive is the only mode supported currently.");
    if (input.command.trim() === "") throw invalidParameter("Command cannot be empty.");
    const task = existingTask(found);
    const container = targetContainer(task, input.container);
    const instance = task.instanceArn === undefined ? undefined : await store.instances.find(task.instanceArn);
    refuseUnconnected(instance);
    const wanted = wantedOf(cluster);
    const session: ExecSession = {
      id: `ecs-execute-command-${ids.hex(9).slice(1)}`,
      instanceArn: task.instanceArn ?? "",
      taskArn: task.arn,
      containerName: container.name,
      command: input.command,
      owner: { arn: call.principal.arn, userId: call.principal.userId },
      targetId: targetIdOf(task.arn, container.runtimeId ?? ""),
      ...wanted,
    };
    const tokenValue = newToken();
    await store.exec.issue(session, hashOfToken(tokenValue), clock.now().getTime() + tokenLifetime);
    return {
      clusterArn: cluster.arn,
      containerArn: container.arn,
      containerName: container.name,
      interactive: true,
      session: { sessionId: session.id, streamUrl: streamUrlOf(context, call, session.id), tokenValue },
      taskArn: task.arn,
    };
  },
});
