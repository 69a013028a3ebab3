import type { AcsMessages, AcsMessageType, TaskIdentifier } from "../../agent/protocol.ts";
import { changeTask } from "./change-task.ts";
import type { Ecs } from "./context.ts";
import type { Instance, Task, TaskDefinition } from "./model.ts";
import { payloadTask } from "./payload.ts";
import { type HeldCredentials, taskCredentials } from "./task-credentials.ts";
import { advance, stopNow } from "./task-state.ts";

type Send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) => void;

/** Milliseconds after which a payload that was not acknowledged is sent again. */
const resendAfter = 5_000;

/** Milliseconds after which credentials that were denied are asked for again. */
const retryRefreshAfter = 60_000;

interface Delivery {
  readonly desiredStatus: Task["desiredStatus"];
  readonly messageId: string;
  readonly sentAt: number;
  readonly acknowledged: boolean;
  readonly credentials: HeldCredentials;
}

/** What one connection has told its agent. The first delivery of a connection is the manifest and every task. */
export function acsDelivery(context: Ecs, instance: Instance, send: Send) {
  const { store, ids, clock } = context;
  const deliveries = new Map<string, Delivery>();
  const definitions = new Map<string, TaskDefinition>();
  const addressed = { clusterArn: instance.clusterArn, containerInstanceArn: instance.arn };
  let greeted = false;

  async function definitionOf(task: Task): Promise<TaskDefinition> {
    const known = definitions.get(task.definitionArn) ?? (await store.definitions.get(task.definitionArn));
    if (!known) throw new Error(`Cannot find the task definition ${task.definitionArn} of ${task.arn}`);
    definitions.set(task.definitionArn, known);
    return known;
  }

  async function sendTask(task: Task, now: number): Promise<void> {
    const definition = await definitionOf(task);
    const outcome = task.desiredStatus === "RUNNING" ? await taskCredentials(context, task, definition) : {};
    if ("denied" in outcome) {
      const stop = { at: now, code: "TaskFailedToStart", reason: outcome.denied } as const;
      if (task.startedAt === undefined) await changeTask(context, task.arn, (current) => stopNow(current, stop));
      return;
    }
    const messageId = ids.uuid();
    const { desiredStatus } = task;
    deliveries.set(task.arn, { desiredStatus, messageId, sentAt: now, acknowledged: false, credentials: outcome });
    send("PayloadMessage", {
      ...addressed,
      messageId,
      generatedAt: now,
      tasks: [
        {
          ...payloadTask(task, definition),
          ...(outcome.task && { roleCredentials: outcome.task }),
          ...(outcome.execution && { executionRoleCredentials: outcome.execution }),
        },
      ],
    });
  }

  async function refresh(task: Task, delivery: Delivery): Promise<void> {
    const outcome = await taskCredentials(context, task, await definitionOf(task));
    // A role that may no longer be assumed leaves the task with what it has until that expires, as on AWS.
    const later = { ...delivery.credentials, refreshAt: clock.now().getTime() + retryRefreshAfter };
    deliveries.set(task.arn, { ...delivery, credentials: "denied" in outcome ? later : outcome });
    if ("denied" in outcome) return;
    const kinds = [
      ["TaskApplication", outcome.task],
      ["TaskExecution", outcome.execution],
    ] as const;
    for (const [roleType, roleCredentials] of kinds) {
      if (!roleCredentials) continue;
      send("IAMRoleCredentialsMessage", { messageId: ids.uuid(), taskArn: task.arn, roleType, roleCredentials });
    }
  }

  return {
    /** Sends whatever the agent has not been told yet, or has not acknowledged for a while. */
    async deliver(): Promise<void> {
      const now = clock.now().getTime();
      const tasks = await store.tasks.live({ instanceArn: instance.arn });
      if (!greeted) {
        greeted = true;
        send("TaskManifestMessage", {
          ...addressed,
          messageId: ids.uuid(),
          generatedAt: now,
          timeline: now,
          tasks: tasks.map(({ arn, desiredStatus }) => ({ arn, desiredStatus })),
        });
      }
      const arns = new Set(tasks.map(({ arn }) => arn));
      for (const arn of deliveries.keys()) if (!arns.has(arn)) deliveries.delete(arn);
      await Promise.all(
        tasks.map((task) => {
          const delivery = deliveries.get(task.arn);
          const stale = delivery && !delivery.acknowledged && now - delivery.sentAt >= resendAfter;
          if (delivery?.desiredStatus !== task.desiredStatus || stale) return sendTask(task, now);
          const due = delivery.credentials.refreshAt;
          return due !== undefined && due <= now && task.desiredStatus === "RUNNING" ? refresh(task, delivery) : undefined;
        }),
      );
    },
    /** The agent has taken on what a message said. */
    async acknowledged(messageId: string): Promise<void> {
      for (const [arn, delivery] of deliveries) {
        if (delivery.messageId !== messageId || delivery.acknowledged) continue;
        deliveries.set(arn, { ...delivery, acknowledged: true });
        const task = await store.tasks.find(arn);
        // Written only where it shows: bridge tasks begin as PENDING.
        if (task?.lastStatus === "PROVISIONING") {
          const at = clock.now().getTime();
          await changeTask(context, arn, (current) => advance(current, { at, status: "PENDING" }));
        }
      }
    },
    /** Answers which of the tasks that the agent is about to stop are really not wanted. */
    async verify(candidates: readonly TaskIdentifier[], now: number): Promise<void> {
      const tasks = new Map((await store.tasks.live({ instanceArn: instance.arn })).map((task) => [task.arn, task]));
      const stopTasks = candidates.filter(({ taskArn }) => tasks.get(taskArn)?.desiredStatus !== "RUNNING");
      send("TaskStopVerificationAck", { messageId: ids.uuid(), generatedAt: now, stopTasks });
    },
  };
}
