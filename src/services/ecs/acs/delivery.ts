import type { AcsMessages, AcsMessageType, TaskIdentifier } from "../../../acs/protocol.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Instance } from "../instances/instance.ts";
import { changeTask } from "../tasks/change-task.ts";
import { advance, requestStop, stopNow } from "../tasks/state.ts";
import type { Task } from "../tasks/task.ts";
import { payloadTask } from "./payload.ts";
import { type HeldCredentials, taskCredentials } from "./task-credentials.ts";

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

/** Whether the agent has to be told of a task again: its wanted state, for want of an answer, or new credentials. */
function isDue(delivery: Delivery | undefined, desiredStatus: Task["desiredStatus"], now: number): boolean {
  if (delivery?.desiredStatus !== desiredStatus) return true;
  if (!delivery.acknowledged) return now - delivery.sentAt >= resendAfter;
  const { refreshAt } = delivery.credentials;
  return desiredStatus === "RUNNING" && refreshAt !== undefined && refreshAt <= now;
}

/** What one connection has told its agent. The first delivery of a connection is the manifest and every task. */
export function acsDelivery(context: Ecs, instance: Instance, send: Send) {
  const { store, ids, clock } = context;
  const deliveries = new Map<string, Delivery>();
  const definitions = new Map<string, TaskDefinition>();
  const addressed = { clusterArn: instance.clusterArn, containerInstanceArn: instance.arn };
  const greetedWith = new Set<string>();
  let greeted = false;

  async function definitionOf(task: Task): Promise<TaskDefinition> {
    const known = definitions.get(task.definitionArn) ?? (await store.definitions.get(task.definitionArn));
    if (!known) throw new Error(`Cannot find the task definition ${task.definitionArn} of ${task.arn}`);
    definitions.set(task.definitionArn, known);
    return known;
  }

  /** What the task's roles give it; `undefined` where it cannot go on without them and is being stopped. */
  async function credentialsOf(task: Task, definition: TaskDefinition, now: number) {
    if (task.desiredStatus === "STOPPED") return {};
    const { denied, ...held } = await taskCredentials(context, task, definition);
    if (denied === undefined) return held;
    if (task.startedAt !== undefined) return { ...held, refreshAt: now + retryRefreshAfter };
    const stop = { at: now, code: "TaskFailedToStart", reason: denied } as const;
    // An agent that may know of the task from an earlier connection has to stop what it began.
    const change = greetedWith.has(task.arn) ? requestStop : stopNow;
    await changeTask(context, task.arn, (current) => change(current, stop));
    return undefined;
  }

  async function sendTask(task: Task, now: number): Promise<void> {
    const definition = await definitionOf(task);
    const credentials = await credentialsOf(task, definition, now);
    if (!credentials) return;
    const messageId = ids.uuid();
    const { desiredStatus } = task;
    deliveries.set(task.arn, { desiredStatus, messageId, sentAt: now, acknowledged: false, credentials });
    send("PayloadMessage", {
      ...addressed,
      messageId,
      generatedAt: now,
      tasks: [
        {
          ...payloadTask(task, definition),
          ...(credentials.task && { roleCredentials: credentials.task }),
          ...(credentials.execution && { executionRoleCredentials: credentials.execution }),
        },
      ],
    });
  }

  async function refresh(task: Task, delivery: Delivery, now: number): Promise<void> {
    const { denied, ...held } = await taskCredentials(context, task, await definitionOf(task));
    // A role that may no longer be assumed leaves the task with what it has until that expires, as on AWS.
    const refreshAt = denied === undefined ? held.refreshAt : now + retryRefreshAfter;
    const { refreshAt: _, ...credentials } = { ...delivery.credentials, ...held };
    deliveries.set(task.arn, {
      ...delivery,
      credentials: { ...credentials, ...(refreshAt !== undefined && { refreshAt }) },
    });
    const kinds = [
      ["TaskApplication", held.task],
      ["TaskExecution", held.execution],
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
      const tasks = await store.tasks.states(instance.arn);
      if (!greeted) {
        greeted = true;
        for (const { arn } of tasks) greetedWith.add(arn);
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
      const due = tasks.filter(({ arn, desiredStatus }) => isDue(deliveries.get(arn), desiredStatus, now));
      const opened = await store.tasks.findAll(due.map(({ arn }) => arn));
      await Promise.all(
        opened.map((task) => {
          const delivery = deliveries.get(task.arn);
          const told = delivery?.acknowledged && delivery.desiredStatus === task.desiredStatus;
          return told ? refresh(task, delivery, now) : sendTask(task, now);
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
      const tasks = new Map((await store.tasks.states(instance.arn)).map((task) => [task.arn, task]));
      const stopTasks = candidates.filter(({ taskArn }) => tasks.get(taskArn)?.desiredStatus !== "RUNNING");
      send("TaskStopVerificationAck", { messageId: ids.uuid(), generatedAt: now, stopTasks });
    },
  };
}
