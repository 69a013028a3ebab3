import { setImmediate } from "node:timers/promises";
import type { AcsMessages, AcsMessageType, TaskIdentifier } from "../../../acs/protocol.ts";
import { defined } from "../../../defined.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Instance } from "../instances/instance.ts";
import { changeTask } from "../tasks/change-task.ts";
import { advance, requestStop, stopNow } from "../tasks/state.ts";
import type { WantedTask } from "../tasks/state-records.ts";
import type { Task } from "../tasks/task.ts";
import { payloadTask } from "./payload.ts";
import { type HeldCredentials, taskCredentials } from "./task-credentials.ts";

type Send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) => void;

/** Milliseconds after which a payload that was not acknowledged is sent again. */
const resendAfter = 5_000;

/**
 * Milliseconds after which a look reads all tasks of the instance. The looks between read those made since the look before,
 * those that are to stop, and those that this connection knows to be due.
 */
const readAllAfter = 15_000;

/** Milliseconds between the time of a task's request and the end of its transaction, but for rare ones. */
const newFor = 1_000;

/** Milliseconds after which a look that finds nothing new reads all: the wake may be about one of the rare ones. */
const readAllForNothingAfter = 1_000;

/** Milliseconds after which deliveries are gone through for those that are due. */
const goThroughAfter = 4_000;

/** Tasks that are opened and sent before requests are answered again. */
const batchSize = 100;

/** Milliseconds after which credentials that were denied are asked for again. */
const retryRefreshAfter = 60_000;

interface Delivery {
  readonly desiredStatus: Task["desiredStatus"];
  readonly messageId: string;
  readonly sentAt: number;
  readonly acknowledged: boolean;
  readonly credentials: HeldCredentials;
}

/** True if the agent has to get a task again: with another desired status, for want of an answer, or with new credentials. */
function isDue(delivery: Delivery | undefined, desiredStatus: Task["desiredStatus"], now: number): boolean {
  if (delivery?.desiredStatus !== desiredStatus) return true;
  if (!delivery.acknowledged) return now - delivery.sentAt >= resendAfter;
  const { refreshAt } = delivery.credentials;
  return desiredStatus === "RUNNING" && refreshAt !== undefined && refreshAt <= now;
}

/** Sends one agent its tasks. The first delivery of a connection is the manifest and every task. */
export function acsDelivery(context: Ecs, instance: Instance, send: Send) {
  const { store, ids, clock } = context;
  const deliveries = new Map<string, Delivery>();
  const definitions = new Map<string, TaskDefinition>();
  const addressed = { clusterArn: instance.clusterArn, containerInstanceArn: instance.arn };
  const greetedWith = new Set<string>();
  /** Tasks by the payload that is not acknowledged yet. */
  const awaited = new Map<string, string>();
  /** The last look was the first one or failed: the next one reads all. */
  let isBehind = true;
  let isGreeted = false;
  let readAllAt = 0;
  let lookedAt = 0;
  let wentThroughAt = 0;

  async function definitionOf(task: Task): Promise<TaskDefinition> {
    const known = definitions.get(task.definitionArn) ?? (await store.definitions.get(task.definitionArn));
    if (!known) throw new Error(`Cannot find the task definition ${task.definitionArn} of ${task.arn}`);
    definitions.set(task.definitionArn, known);
    return known;
  }

  /** The credentials of the task's roles; `undefined` where it is being stopped because it does not get them. */
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
    forget(task.arn);
    deliveries.set(task.arn, { desiredStatus, messageId, sentAt: now, acknowledged: false, credentials });
    awaited.set(messageId, task.arn);
    send("PayloadMessage", {
      ...addressed,
      messageId,
      generatedAt: now,
      tasks: [
        {
          ...payloadTask(task, definition),
          ...defined({ roleCredentials: credentials.task, executionRoleCredentials: credentials.execution }),
        },
      ],
    });
  }

  async function refresh(task: Task, delivery: Delivery, now: number): Promise<void> {
    const { denied, ...held } = await taskCredentials(context, task, await definitionOf(task));
    // A role that may no longer be assumed leaves the task with what it has until that expires, as on AWS.
    const refreshAt = denied === undefined ? held.refreshAt : now + retryRefreshAfter;
    const { refreshAt: _, ...credentials } = { ...delivery.credentials, ...held };
    deliveries.set(task.arn, { ...delivery, credentials: { ...credentials, ...defined({ refreshAt }) } });
    const kinds = [
      ["TaskApplication", held.task],
      ["TaskExecution", held.execution],
    ] as const;
    for (const [roleType, roleCredentials] of kinds) {
      if (!roleCredentials) continue;
      send("IAMRoleCredentialsMessage", { messageId: ids.uuid(), taskArn: task.arn, roleType, roleCredentials });
    }
  }

  async function deliverTask(task: Task, now: number): Promise<void> {
    if (task.lastStatus === "STOPPED") return forget(task.arn);
    const delivery = deliveries.get(task.arn);
    const isKnown = delivery?.acknowledged && delivery.desiredStatus === task.desiredStatus;
    return isKnown ? refresh(task, delivery, now) : sendTask(task, now);
  }

  function forget(arn: string): void {
    const messageId = deliveries.get(arn)?.messageId;
    if (messageId !== undefined) awaited.delete(messageId);
    deliveries.delete(arn);
  }

  function greet(tasks: readonly WantedTask[], now: number): void {
    for (const { arn } of tasks) greetedWith.add(arn);
    send("TaskManifestMessage", {
      ...addressed,
      messageId: ids.uuid(),
      generatedAt: now,
      timeline: now,
      tasks: tasks.map(({ arn, desiredStatus }) => ({ arn, desiredStatus })),
    });
  }

  async function readAll(now: number): Promise<readonly WantedTask[]> {
    const tasks = await store.taskStates.onInstance(instance.arn);
    if (!isGreeted) greet(tasks, now);
    isGreeted = true;
    readAllAt = lookedAt = now;
    const arns = new Set(tasks.map(({ arn }) => arn));
    for (const arn of deliveries.keys()) if (!arns.has(arn)) forget(arn);
    return tasks;
  }

  async function readNews(now: number): Promise<readonly WantedTask[]> {
    const since = lookedAt - newFor;
    lookedAt = now;
    return store.taskStates.newsOnInstance(instance.arn, since);
  }

  /** Deliveries that wait for their acknowledgement, or whose credentials are about to expire, for too long. */
  function dueAgain(now: number): readonly string[] {
    if (now - wentThroughAt < goThroughAfter) return [];
    wentThroughAt = now;
    return [...deliveries].flatMap(([arn, delivery]) => (isDue(delivery, delivery.desiredStatus, now) ? arn : []));
  }

  return {
    /** Sends the tasks that the agent does not have yet, or has not acknowledged for a while. */
    async deliver(): Promise<void> {
      const now = clock.now().getTime();
      const isLong = isBehind || now - readAllAt >= readAllAfter;
      isBehind = true;
      const isChanged = ({ arn, desiredStatus }: WantedTask) => isDue(deliveries.get(arn), desiredStatus, now);
      let changed = (await (isLong ? readAll(now) : readNews(now))).filter(isChanged);
      if (changed.length === 0 && now - readAllAt >= readAllForNothingAfter) {
        changed = (await readAll(now)).filter(isChanged);
      }
      const due = [...new Set([...changed.map(({ arn }) => arn), ...dueAgain(now)])];
      for (let start = 0; start < due.length; start += batchSize) {
        if (start > 0) await setImmediate();
        const opened = await store.tasks.findAll(due.slice(start, start + batchSize));
        await Promise.all(opened.map((task) => deliverTask(task, now)));
      }
      isBehind = false;
    },
    /** Notes that the agent has stored what a message said. */
    async acknowledged(messageId: string): Promise<void> {
      const arn = awaited.get(messageId);
      const delivery = arn === undefined ? undefined : deliveries.get(arn);
      if (arn === undefined || !delivery) return;
      awaited.delete(messageId);
      deliveries.set(arn, { ...delivery, acknowledged: true });
      // Written only where it shows: bridge tasks begin as PENDING.
      if ((await store.tasks.find(arn))?.lastStatus === "PROVISIONING") {
        const at = clock.now().getTime();
        await changeTask(context, arn, (current) => advance(current, { at, status: "PENDING" }));
      }
    },
    /** Answers which of the tasks that the agent is about to stop are to stop indeed. */
    async verify(candidates: readonly TaskIdentifier[], now: number): Promise<void> {
      const wanted = new Map((await store.taskStates.onInstance(instance.arn)).map((task) => [task.arn, task]));
      const stopTasks = candidates.filter(({ taskArn }) => wanted.get(taskArn)?.desiredStatus !== "RUNNING");
      send("TaskStopVerificationAck", { messageId: ids.uuid(), generatedAt: now, stopTasks });
    },
  };
}
